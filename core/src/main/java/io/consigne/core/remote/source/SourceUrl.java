package io.consigne.core.remote.source;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a source, in one spelling. It may hold secrets: a password, a signature in the
 * query. So there are two texts of it, {@link #text()} to store encrypted and to fetch from, and
 * {@link #shown()} for everything that people and logs see.
 */
public final class SourceUrl {
  private static final Pattern SHAPE =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)([?][^#]*)?(?:#.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:([^@]*)@)?(\\[[^\\[\\]@]*]|[^:@\\[\\]]*)(?::([0-9]{1,5}))?");
  private static final Pattern FTP_TYPE = Pattern.compile(";type=[aiAI]$");

  private final Scheme scheme;
  private final @Nullable String userInfo;
  private final HostName host;
  private final int port;
  private final String path;
  private final String query;

  /** The host whose redirections led here, if that is another one. */
  private final @Nullable String ledBy;

  private SourceUrl(Scheme scheme, @Nullable String userInfo, HostName host, int port, Tail tail) {
    this.scheme = scheme;
    this.userInfo = userInfo;
    this.host = host;
    this.port = port;
    this.path = tail.path();
    this.query = tail.query();
    this.ledBy = null;
  }

  private SourceUrl(SourceUrl same, String ledBy) {
    this.scheme = same.scheme;
    this.userInfo = same.userInfo;
    this.host = same.host;
    this.port = same.port;
    this.path = same.path;
    this.query = same.query;
    this.ledBy = ledBy;
  }

  /** What follows the authority: an encoded path, and an encoded query with its question mark. */
  private record Tail(String path, String query) {}

  /**
   * Takes an address from outside. Spellings of a host that readers could take for different hosts
   * are refused, such as {@code 0177.0.0.1}, {@code 127.1} and {@code 2130706433}; the others are
   * made one. What may not stand in an address, such as a space, is encoded. A fragment is left
   * out.
   *
   * @throws FailureException {@code Invalid}, which shows the address without its secrets
   */
  public static SourceUrl parse(String text) {
    String given = text.strip();
    if (given.length() > SourceLimits.ADDRESS_LENGTH) {
      throw refusal(given, "must have at most " + SourceLimits.ADDRESS_LENGTH + " characters");
    }
    if (given.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
      throw refusal(given, "must not contain a control character or a backslash");
    }
    Matcher shape = SHAPE.matcher(given);
    if (!shape.matches()) {
      throw refusal(given, "must be like https://example.org/file.zip");
    }
    Scheme scheme =
        Scheme.named(shape.group(1))
            .orElseThrow(() -> refusal(given, "must begin with http, https, ftp or ftps"));
    String query = shape.group(4) == null ? "" : shape.group(4);
    String path = shape.group(3).isEmpty() ? "/" : shape.group(3);
    return of(given, scheme, shape.group(2), new Tail(Percent.encoded(path), encoded(query)));
  }

  private static String encoded(String query) {
    return query.isEmpty() ? "" : "?" + Percent.encoded(query.substring(1));
  }

  private static SourceUrl of(String given, Scheme scheme, String authority, Tail tail) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw refusal(given, "must name a host, and after a colon a port");
    }
    HostName host =
        HostName.parse(parts.group(2))
            .orElseThrow(() -> refusal(given, "must name a host, or an address such as 192.0.2.1"));
    int port = parts.group(3) == null ? scheme.defaultPort() : Integer.parseInt(parts.group(3));
    if (port < 1 || port > 65535) {
      throw refusal(given, "must have a port from 1 to 65535");
    }
    String userInfo = parts.group(1);
    if (userInfo != null && scheme.isWeb()) {
      throw refusal(given, "must not hold a user or password, which go into a header");
    }
    var url =
        new SourceUrl(
            scheme, userInfo == null ? null : Percent.encoded(userInfo), host, port, tail);
    if (url.text().length() > SourceLimits.ADDRESS_LENGTH) {
      throw refusal(
          given, "must have at most " + SourceLimits.ADDRESS_LENGTH + " characters, encoded");
    }
    if (!scheme.isWeb() && url.hidesControls()) {
      throw refusal(given, "must not hold an encoded control character");
    }
    return url;
  }

  private boolean hidesControls() {
    String decoded = Percent.decoded(path) + user() + password();
    return decoded.chars().anyMatch(Character::isISOControl);
  }

  private static FailureException refusal(String given, String rule) {
    return new Failure.Invalid("url", Redacted.anyText(given), rule).asException();
  }

  /**
   * Where a redirection from here leads.
   *
   * @param location the header's value: an address, or what is relative to this one
   * @throws FailureException {@code Invalid} if it leads to no source
   */
  SourceUrl resolve(String location) {
    SourceUrl to = target(location);
    if (ledBy != null) {
      return new SourceUrl(to, ledBy);
    }
    return to.host.equals(host) ? to : new SourceUrl(to, host());
  }

  private SourceUrl target(String location) {
    if (location.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      return parse(location);
    }
    if (location.startsWith("//")) {
      return parse(scheme + ":" + location);
    }
    if (location.startsWith("?")) {
      return parse(origin() + path + location);
    }
    String folder = location.startsWith("/") ? "" : path.substring(0, path.lastIndexOf('/') + 1);
    String target = folder + location;
    int end = (int) target.chars().takeWhile(c -> c != '?' && c != '#').count();
    return parse(origin() + withoutDots(target.substring(0, end)) + target.substring(end));
  }

  /** RFC 3986, section 5.2.4, for a path that begins with a slash. */
  private static String withoutDots(String path) {
    var kept = new ArrayDeque<String>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean up = segments[i].equals("..");
      if (up) {
        kept.pollLast();
      }
      if (!up && !segments[i].equals(".")) {
        kept.add(segments[i]);
      } else if (i == segments.length - 1) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }

  /** Whether what is meant for the other address alone may be sent here, too. */
  boolean mayHearSecretsOf(SourceUrl other) {
    boolean same = scheme == other.scheme && port == other.port;
    boolean upgraded =
        scheme == Scheme.HTTPS
            && other.scheme == Scheme.HTTP
            && isDefaultPort()
            && other.isDefaultPort();
    return host.equals(other.host) && (same || upgraded);
  }

  /** How it is spoken to. */
  public Scheme scheme() {
    return scheme;
  }

  /** A name in lower-case ASCII, or an address; IPv6 without brackets. */
  public String host() {
    return host.text();
  }

  /** What messages call the host: where the owner's leads, they do not repeat what that said. */
  String place() {
    return ledBy == null ? host() : "the place that " + ledBy + " leads to";
  }

  /** The address, if the host is one; nothing is looked up. */
  public Optional<InetAddress> literal() {
    return Optional.ofNullable(host.literal());
  }

  /** From 1 to 65535. */
  public int port() {
    return port;
  }

  /** Host, and port if it is not the scheme's own: what a {@code Host} header says. */
  public String authority() {
    return isDefaultPort() ? host.toString() : host + ":" + port;
  }

  /** Path and query, encoded: what a request line says. */
  String target() {
    return path + query;
  }

  /** The path of an FTP command: decoded, relative to where the login leads. */
  String ftpPath() {
    return Percent.decoded(FTP_TYPE.matcher(path).replaceFirst("").substring(1));
  }

  /** Who logs in, decoded; empty if nobody is named. */
  String user() {
    return userInfo == null ? "" : Percent.decoded(userInfo.split(":", 2)[0]);
  }

  /** With which password, decoded; empty if none is given. */
  String password() {
    String[] parts = userInfo == null ? new String[0] : userInfo.split(":", 2);
    return parts.length < 2 ? "" : Percent.decoded(parts[1]);
  }

  /** The last part of the path, decoded; empty if the path ends with a slash. */
  public Optional<String> lastSegment() {
    String file = scheme.isWeb() ? path : FTP_TYPE.matcher(path).replaceFirst("");
    String name = Percent.decoded(file.substring(file.lastIndexOf('/') + 1));
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private boolean isDefaultPort() {
    return port == scheme.defaultPort();
  }

  private String origin() {
    return scheme + "://" + authority();
  }

  /** The whole address, with what is secret in it. */
  public String text() {
    String login = userInfo == null ? "" : userInfo + "@";
    return scheme + "://" + login + authority() + target();
  }

  /** The address without user, password and the values of its query. */
  public String shown() {
    String login = userInfo == null ? "" : "…@";
    return scheme + "://" + login + authority() + path + Redacted.query(query);
  }

  /** What may be shown of a text that may be an address. */
  public static String shown(String text) {
    try {
      return parse(text).shown();
    } catch (FailureException _) {
      return Redacted.anyText(text);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SourceUrl url && url.text().equals(text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /** What is shown, without secrets. */
  @Override
  public String toString() {
    return shown();
  }
}
