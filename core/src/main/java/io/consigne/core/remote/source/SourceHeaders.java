package io.consigne.core.remote.source;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Headers that an owner wants sent with a fetch: cookies, a referer, an authorization. They are
 * secrets: nothing of them is shown. They are sent to http and https sources only, and to no other
 * host than the one that the owner named.
 */
public final class SourceHeaders {
  /** No headers. */
  public static final SourceHeaders NONE = new SourceHeaders(new TreeMap<>());

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern VALUE = Pattern.compile("[\t\\x20-\\x7e]*");

  /** What the host says itself, or what would change where a message ends. */
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "date",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "max-forwards",
          "range",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  private static final Set<String> OUR_PREFIXES = Set.of("content-", "if-", "proxy-");

  private final Map<String, String> values;

  private SourceHeaders(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Takes headers from outside, as names and values.
   *
   * @throws FailureException {@code Invalid}, which shows a header's name at most
   */
  public static SourceHeaders of(Map<String, String> headers) {
    var values = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> add(values, name, value));
    return checked(values);
  }

  /**
   * Takes headers from outside, as lines {@code Name: value}.
   *
   * @throws FailureException {@code Invalid}, which shows a header's name at most
   */
  public static SourceHeaders ofLines(Collection<String> lines) {
    var values = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw refusal("", "must be lines such as Referer: https://example.org/");
      }
      add(values, line.substring(0, colon), line.substring(colon + 1));
    }
    return checked(values);
  }

  /**
   * These headers, with a key of the place that they go to in place of another authorization.
   *
   * @throws FailureException {@code Invalid} if no key looks like that
   */
  public SourceHeaders withKey(String key) {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(values);
    all.remove("Authorization");
    add(all, "Authorization", "Bearer " + key);
    return checked(all);
  }

  /** Reads what {@link #text()} wrote. */
  public static SourceHeaders parse(String text) {
    return ofLines(text.lines().toList());
  }

  private static void add(Map<String, String> values, String name, String value) {
    String rule = ruleBroken(name, value.strip());
    if (rule != null) {
      throw refusal(NAME.matcher(name).matches() ? name : "", rule);
    }
    if (values.put(name, value.strip()) != null) {
      throw refusal(name, "must not name a header twice");
    }
  }

  private static @Nullable String ruleBroken(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      return "must have names of letters, digits and dashes";
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (OURS.contains(lower) || OUR_PREFIXES.stream().anyMatch(lower::startsWith)) {
      return "must not set what the host sets itself";
    }
    return VALUE.matcher(value).matches() ? null : "must have values of one line of plain ASCII";
  }

  private static SourceHeaders checked(Map<String, String> values) {
    if (values.size() > SourceLimits.HEADERS) {
      throw new Failure.TooLarge("the number of headers", values.size(), SourceLimits.HEADERS)
          .asException();
    }
    var headers = new SourceHeaders(values);
    if (headers.text().length() > SourceLimits.HEADERS_LENGTH) {
      throw new Failure.TooLarge(
              "the length of headers", headers.text().length(), SourceLimits.HEADERS_LENGTH)
          .asException();
    }
    return headers;
  }

  private static FailureException refusal(String shown, String rule) {
    return new Failure.Invalid("headers", shown, rule).asException();
  }

  /** Names and values, by name. */
  Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** The names, which are no secrets. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** The value of a header, whose name is given in any case. */
  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Lines {@code Name: value}, by name, each with a line feed: to be stored encrypted. */
  public String text() {
    return values.entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue() + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SourceHeaders headers && headers.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** How many there are, and nothing else. */
  @Override
  public String toString() {
    return values.size() + " headers";
  }
}
