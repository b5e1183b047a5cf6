package io.consigne.client.wire;

import io.consigne.client.model.FileLink;
import io.consigne.client.model.LinkCheck;
import io.consigne.client.model.LinkCheck.State;
import io.consigne.client.model.PublicFile;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transport.WireBody;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What needs no key: public folders and the state of links (reference: 1fichier-api, 13). */
public final class PublicPages {
  /** The most links of one {@link #check}. */
  public static final int LINKS_PER_CHECK = 100;

  private final Wire wire;

  /** Asks through {@code wire}. */
  public PublicPages(Wire wire) {
    this.wire = wire;
  }

  /**
   * The files of a public folder.
   *
   * @param address as {@code https://1fichier.com/dir/CiLKCBI7}
   * @param password of the folder, or null
   */
  public List<PublicFile> folder(URI address, @Nullable String password) throws IOException {
    String form = "json=1" + (password == null ? "" : "&pass=" + encoded(password));
    String text = wire.page(address, WireBody.of(form));
    return Json.list(text)
        .orElseThrow(() ->
            new RefusedException(
                new Refusal.PasswordNeeded(new Said(200, "the public folder cannot be read"))))
        .stream()
        .map(file ->
            new PublicFile(
                new FileLink(file.textOrEmpty("link")),
                file.textOrEmpty("filename"),
                file.number("size"),
                new RemoteFile.Locks(file.isOn("password"), file.isOn("acl"))))
        .toList();
  }

  /** The states of at most {@value #LINKS_PER_CHECK} links, in order. */
  public List<LinkCheck> check(List<String> links) throws IOException {
    String form =
        links.stream().map(link -> "links[]=" + encoded(link)).collect(Collectors.joining("&"));
    String text = wire.page(wire.site("/check_links.pl"), WireBody.of(form));
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() != links.size()) {
      Said said = new Said(200, text.strip().lines().findFirst().orElse("no answer"));
      throw new RefusedException(Refusals.of(said, Duration.ZERO));
    }
    return lines.stream().map(PublicPages::line).toList();
  }

  /** A line: {@code url;name;size} or {@code url;;;STATE}; a name may have semicolons. */
  private static LinkCheck line(String line) {
    int first = line.indexOf(';');
    String link = first < 0 ? line : line.substring(0, first);
    String rest = first < 0 ? "" : line.substring(first + 1);
    State state =
        switch (rest) {
          case ";;NOT FOUND" -> State.NOT_FOUND;
          case ";;BAD LINK" -> State.BAD_LINK;
          case ";;PRIVATE" -> State.PRIVATE;
          default -> State.ALIVE;
        };
    int last = rest.lastIndexOf(';');
    return state == State.ALIVE && last >= 0 && rest.substring(last + 1).matches("[0-9]{1,18}")
        ? new LinkCheck(
            link, state, rest.substring(0, last), Long.parseLong(rest.substring(last + 1)))
        : new LinkCheck(link, state == State.ALIVE ? State.BAD_LINK : state, "", 0);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
