package io.consigne.server.config;

import io.consigne.core.db.PostgresAddress;
import io.consigne.core.ids.Cidr;
import io.consigne.core.upkeep.UpkeepLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a value looks like as text, and what it becomes.
 *
 * @param placeholder the value in a help text
 * @param rule ends the sentence "the option must be …"
 * @param shape what a command line should know of the values
 * @param parse throws {@link IllegalArgumentException} if the text does not obey the rule
 */
record Format<T>(String placeholder, String rule, Shape shape, Function<String, T> parse) {

  /** How values are given and completed. */
  enum Shape {
    /** One value. */
    TEXT,
    /** One value, which may hold a password and is never shown. */
    SECRET,
    /** A file or folder. */
    PATH,
    /** On or off; the flag alone means on. */
    SWITCH,
    /** Several values, separated by commas or given one by one. */
    LIST
  }

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern RATE = Pattern.compile("(\\d{1,9})([KMG]?)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([KMGTP]?)");
  private static final int LAST_PORT = 65_535;

  static Format<Path> path(String placeholder) {
    return new Format<>(placeholder, "a path", Shape.PATH, Format::parsePath);
  }

  static Format<Boolean> onOff() {
    return new Format<>("on|off", "on or off", Shape.SWITCH, Format::parseOnOff);
  }

  static <E extends Enum<E>> Format<E> oneOf(Class<E> values) {
    var names = Stream.of(values.getEnumConstants()).map(Format::lowerCase).toList();
    return new Format<>(
        String.join("|", names),
        String.join(" or ", names),
        Shape.TEXT,
        text -> Enum.valueOf(values, checked(text, names).toUpperCase(Locale.ROOT)));
  }

  static Format<HostConfig.FloodStyle> floodStyle() {
    return new Format<>("429|1fichier", "429 or 1fichier", Shape.TEXT, Format::parseFloodStyle);
  }

  /** A length of time, in milliseconds or more; those of keys and links are core's {@code Span}. */
  static Format<Duration> duration() {
    return new Format<>(
        "TIME", "a duration such as 500ms, 30s, 5m, 1h or 30d", Shape.TEXT, Format::parseDuration);
  }

  /** A duration; zero for off. */
  static Format<Duration> durationOrOff() {
    return new Format<>(
        "TIME|off",
        "a duration such as 12h or 30d, or off",
        Shape.TEXT,
        text -> text.equals("off") ? Duration.ZERO : parseDuration(text));
  }

  /** Bytes per second; K, M and G are powers of 1024. */
  static Format<Long> rate() {
    return new Format<>(
        "RATE",
        "bytes a second such as 500K, 50M or 1G, and at least 64K",
        Shape.TEXT,
        Format::parseRate);
  }

  /** Bytes; K, M, G, T and P are powers of 1024. Callers take the word {@code plan} before. */
  static Format<Long> sizeOrPlan() {
    return new Format<>(
        "SIZE",
        "a number of bytes such as 500G or 2T, where K, M, G, T and P are powers of 1024, or plan",
        Shape.TEXT,
        Format::parseSize);
  }

  /** A whole number from 0 on. Callers take the word {@code plan} before. */
  static Format<Long> numberOrPlan() {
    return new Format<>("N", "a number such as 100000, or plan", Shape.TEXT, Format::parseNumber);
  }

  static Format<ListenAddress> listenAddress() {
    return new Format<>(
        "HOST:PORT", "HOST:PORT, [IPV6]:PORT or :PORT", Shape.TEXT, ListenAddress::parse);
  }

  static Format<URI> origin() {
    return new Format<>(
        "URL",
        "an http:// or https:// URL without a path, such as https://files.example.org",
        Shape.TEXT,
        Format::parseOrigin);
  }

  static Format<URI> smtp() {
    return new Format<>(
        "URL",
        "smtp://HOST:PORT, or smtps://HOST:PORT for TLS from the first byte",
        Shape.SECRET,
        Format::parseSmtp);
  }

  static Format<String> email() {
    return new Format<>(
        "ADDRESS", "an address like alice@example.org", Shape.TEXT, Format::parseEmail);
  }

  static Format<String> name(String placeholder) {
    return new Format<>(placeholder, "a name", Shape.TEXT, Format::parseName);
  }

  static Format<PostgresAddress> postgresUrl() {
    return new Format<>(
        "URL",
        "a URL such as postgresql://user:password@host:5432/database",
        Shape.SECRET,
        PostgresAddress::parse);
  }

  static Format<List<Cidr>> cidrs() {
    return new Format<>(
        "CIDR", "addresses or networks such as 10.0.0.0/8", Shape.LIST, Format::parseCidrs);
  }

  /** A whole number from 0 on. Callers take the word {@code plan} before. */
  static Format<Integer> count(int most) {
    return new Format<>(
        "N", "a number from 0 to " + most, Shape.TEXT, text -> parseCount(text, most));
  }

  static Format<Set<Integer>> ports() {
    return new Format<>("PORT", "ports such as 80,443", Shape.LIST, Format::parsePorts);
  }

  private static int parseCount(String text, int most) {
    checkArgument(text.matches("[0-9]{1,9}"));
    int count = Integer.parseInt(text);
    checkArgument(count <= most);
    return count;
  }

  private static Set<Integer> parsePorts(String text) {
    Set<Integer> ports =
        Stream.of(text.split(","))
            .map(String::strip)
            .filter(port -> !port.isEmpty())
            .map(port -> parseCount(port, LAST_PORT))
            .collect(Collectors.toSet());
    checkArgument(!ports.contains(0));
    return ports;
  }

  private static Path parsePath(String text) {
    checkArgument(!text.isBlank());
    return Path.of(text);
  }

  private static boolean parseOnOff(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static HostConfig.FloodStyle parseFloodStyle(String text) {
    return switch (text) {
      case "429" -> HostConfig.FloodStyle.WAIT;
      case "1fichier" -> HostConfig.FloodStyle.LOCK;
      default -> throw new IllegalArgumentException();
    };
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    checkArgument(matcher.matches());
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static long parseRate(String text) {
    Matcher matcher = RATE.matcher(text);
    checkArgument(matcher.matches());
    int power = "KMG".indexOf(matcher.group(2)) + (matcher.group(2).isEmpty() ? 0 : 1);
    long rate = Long.parseLong(matcher.group(1)) << (10 * power);
    checkArgument(rate >= UpkeepLimits.LEAST_BYTES_PER_SECOND);
    return rate;
  }

  private static long parseSize(String text) {
    Matcher matcher = SIZE.matcher(text);
    checkArgument(matcher.matches());
    int power = "KMGTP".indexOf(matcher.group(2)) + (matcher.group(2).isEmpty() ? 0 : 1);
    long number = Long.parseLong(matcher.group(1));
    checkArgument(number <= Long.MAX_VALUE >> (10 * power));
    return number << (10 * power);
  }

  private static long parseNumber(String text) {
    checkArgument(text.matches("[0-9]{1,15}"));
    return Long.parseLong(text);
  }

  private static URI parseOrigin(String text) {
    URI url = URI.create(text);
    checkArgument("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    checkArgument(url.getHost() != null && url.getRawUserInfo() == null);
    checkArgument(url.getRawQuery() == null && url.getRawFragment() == null);
    checkArgument(url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
    return URI.create(url.getScheme() + "://" + url.getRawAuthority());
  }

  private static URI parseSmtp(String text) {
    URI url = URI.create(text);
    checkArgument("smtp".equals(url.getScheme()) || "smtps".equals(url.getScheme()));
    checkArgument(url.getHost() != null && url.getRawUserInfo() == null);
    checkArgument(url.getRawPath().isEmpty());
    checkArgument(url.getRawQuery() == null && url.getRawFragment() == null);
    return url;
  }

  private static String parseEmail(String text) {
    checkArgument(text.matches("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+"));
    return text;
  }

  private static String parseName(String text) {
    checkArgument(!text.isBlank() && text.chars().noneMatch(Character::isISOControl));
    return text;
  }

  private static List<Cidr> parseCidrs(String text) {
    return Stream.of(text.split(","))
        .map(String::strip)
        .filter(network -> !network.isEmpty())
        .map(Cidr::parse)
        .toList();
  }

  private static String checked(String text, List<String> names) {
    checkArgument(names.contains(text));
    return text;
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void checkArgument(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }
}
