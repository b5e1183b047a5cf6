package io.consigne.core.remote.source;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The call that asks the host of a link for the bytes behind it.
 *
 * @param url of the call
 * @param link as the host knows it
 */
record LinkCall(SourceUrl url, String link) {
  private static final String PATH = "/v1/download/get_token.cgi";

  /** All of them are 1fichier. */
  static final Set<String> FICHIER =
      Set.of(
          "1fichier.com",
          "alterupload.com",
          "cjoint.net",
          "desfichiers.com",
          "dfichiers.com",
          "megadl.fr",
          "mesfichiers.org",
          "piecejointe.net",
          "pjointe.com",
          "tenvoi.com",
          "dl4free.com");

  private static final Pattern FICHIER_TARGET =
      Pattern.compile("/(?:[a-z]{2}/)?[?]([A-Za-z0-9]{5,20})(?:&.*)?");
  private static final Pattern TARGET = Pattern.compile("/[?]([a-z0-9]{20})(?:&.*)?");

  /**
   * The call for a link of 1fichier, or for what looks like one of a Consigne host; empty for any
   * other address.
   */
  static Optional<LinkCall> of(SourceUrl url) {
    if (!url.scheme().isWeb()) {
      return Optional.empty();
    }
    String name = url.host().startsWith("www.") ? url.host().substring(4) : url.host();
    if (FICHIER.contains(name)) {
      Matcher target = FICHIER_TARGET.matcher(url.target());
      return target.matches()
          ? Optional.of(
              new LinkCall(
                  SourceUrl.parse("https://api.1fichier.com" + PATH),
                  "https://1fichier.com/?" + target.group(1)))
          : Optional.empty();
    }
    Matcher target = TARGET.matcher(url.target());
    return target.matches()
        ? Optional.of(new LinkCall(url.resolve(PATH), url.resolve("/?" + target.group(1)).text()))
        : Optional.empty();
  }
}
