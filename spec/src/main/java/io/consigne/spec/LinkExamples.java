package io.consigne.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is the link of a file, with which a key may go. The host has the rule, and clients that send
 * keys have the same.
 *
 * @param fichier the domains of 1fichier
 * @param links addresses that are links
 * @param others addresses that are none
 */
public record LinkExamples(Set<String> fichier, List<String> links, List<String> others) {
  /** Copies them. */
  public LinkExamples {
    fichier = Set.copyOf(fichier);
    links = List.copyOf(links);
    others = List.copyOf(others);
  }

  /** Reads them from {@code links.json}. */
  public static LinkExamples read() {
    try (InputStream file =
        Objects.requireNonNull(LinkExamples.class.getResourceAsStream("links.json"))) {
      JsonNode all = new JsonMapper().readTree(file);
      return new LinkExamples(
          Set.copyOf(texts(all, "fichier")), texts(all, "links"), texts(all, "others"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode all, String member) {
    return all.required(member).valueStream().map(JsonNode::stringValue).toList();
  }
}
