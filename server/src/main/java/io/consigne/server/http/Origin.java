package io.consigne.server.http;

import java.net.Inet6Address;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the path in the URLs that this host hands out.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case; with its port, unless that is the scheme's own
 */
public record Origin(String scheme, String host) {
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

  /**
   * Refuses what could not stand in a URL.
   *
   * @throws IllegalArgumentException if the scheme or the host is not one
   */
  public Origin {
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("scheme is neither http nor https: " + scheme);
    }
    Matcher parts = AUTHORITY.matcher(host);
    if (host.length() > 260 || !parts.matches()) {
      throw new IllegalArgumentException("not a host name: " + host);
    }
    int standard = scheme.equals("https") ? 443 : 80;
    int port = parts.group(2) == null ? standard : Integer.parseInt(parts.group(2));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port out of range: " + host);
    }
    String name = parts.group(1).toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      var _ = Inet6Address.ofLiteral(name.substring(1, name.length() - 1));
    }
    host = port == standard ? name : name + ":" + port;
  }

  /**
   * Reads a URL that names nothing but a host, such as {@code https://files.example.org}.
   *
   * @throws IllegalArgumentException if it is no such URL
   */
  public static Origin parse(String url) {
    URI uri = URI.create(url);
    String path = uri.getRawPath();
    boolean plain = path == null || path.isEmpty() || path.equals("/");
    if (uri.getScheme() == null
        || uri.getRawAuthority() == null
        || !plain
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("not a URL of scheme and host alone: " + url);
    }
    return new Origin(uri.getScheme().toLowerCase(Locale.ROOT), uri.getRawAuthority());
  }

  /** {@code scheme://host}, without a slash at the end. */
  public String url() {
    return scheme + "://" + host;
  }
}
