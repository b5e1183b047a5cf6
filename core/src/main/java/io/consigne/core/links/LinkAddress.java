package io.consigne.core.links;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.LinkId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a file, {@code https://host/?<id>}, in the forms that are about: with a language
 * ({@code /en/?<id>}), without the slash, with the id as path or as sub-domain, followed by {@code
 * &af=…} or other parameters (reference: 1fichier-api, section 2.1). The host is not compared: ids
 * are what is looked up.
 */
public final class LinkAddress {
  private static final Pattern QUERY =
      Pattern.compile("https?://[^/?#]++(?:/(?:[a-z]{2}/)?)?\\?([A-Za-z0-9]{5,20})(?:[&#].*)?");
  private static final Pattern PATH =
      Pattern.compile("https?://[^/?#]++/([A-Za-z0-9]{5,20})/?(?:[?&#].*)?");
  private static final Pattern SUB_DOMAIN =
      Pattern.compile("https?://([A-Za-z0-9]{5,20})\\.[^/?#&.]++\\.[^/?#&]++/?(?:[?&#].*)?");

  private LinkAddress() {}

  /**
   * The address of a file.
   *
   * @param host scheme and host, as in {@code https://files.example.org}
   */
  public static String of(String host, LinkId link) {
    return host + "/?" + link;
  }

  /** The id in an address; empty if the text is none. */
  public static Optional<LinkId> find(String text) {
    for (Pattern form : new Pattern[] {QUERY, PATH, SUB_DOMAIN}) {
      Matcher matcher = form.matcher(text.strip());
      if (matcher.matches()) {
        return LinkId.parse(matcher.group(1));
      }
    }
    return LinkId.parse(text.strip());
  }

  /**
   * The id in an address.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid}
   */
  public static LinkId parse(String field, String text) {
    return find(text)
        .orElseThrow(() ->
            new Failure.Invalid(
                    field,
                    text.length() > 200 ? text.substring(0, 200) + "…" : text,
                    "must be the address of a file, like https://1fichier.com/?abcdefghij")
                .asException());
  }
}
