package io.consigne.client.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The link of a file, which is its identity: {@code https://1fichier.com/?2zk52quqlm0cbjr93ri5}.
 *
 * @param url as the host gave it, without affiliate marks
 */
public record FileLink(String url) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{5,20}");
  private static final Pattern QUERY =
      Pattern.compile("(https?://[^/?]+)(?:/[a-z]{2})?/?\\?([A-Za-z0-9]{5,20})(?:&.*)?");
  private static final Pattern PATH = Pattern.compile("(https?://[^/?]+)/([A-Za-z0-9]{10,20})");
  private static final Pattern SUB_DOMAIN =
      Pattern.compile("https?://([a-z0-9]{10,20})\\.([a-z0-9]+\\.[a-z]+)/?");

  /** Refuses an empty one. */
  public FileLink {
    if (url.isBlank()) {
      throw new IllegalArgumentException("a link must not be empty");
    }
  }

  /**
   * Reads a link in any of the forms that are about.
   *
   * @param text an address, or the id alone, which is 1fichier.com's then
   * @return empty if it is none
   */
  public static Optional<FileLink> parse(String text) {
    String link = text.strip();
    if (ID.matcher(link).matches()) {
      return Optional.of(new FileLink("https://1fichier.com/?" + link));
    }
    Matcher sub = SUB_DOMAIN.matcher(link);
    if (sub.matches() && !sub.group(1).equals("1fichier")) {
      return Optional.of(new FileLink("https://" + sub.group(2) + "/?" + sub.group(1)));
    }
    for (Pattern form : new Pattern[] {QUERY, PATH}) {
      Matcher matcher = form.matcher(link);
      if (matcher.matches()) {
        return Optional.of(new FileLink(matcher.group(1) + "/?" + matcher.group(2)));
      }
    }
    return Optional.empty();
  }

  /** {@return the id within the link; the whole link if it has none that is known} */
  public String id() {
    int at = url.lastIndexOf('?');
    return at < 0 ? url : url.substring(at + 1);
  }

  @Override
  public String toString() {
    return url;
  }
}
