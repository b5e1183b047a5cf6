package io.consigne.core.remote.source;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host of a source, in one spelling: a name in lower-case ASCII, an IPv4 address of four
 * decimal numbers, or an IPv6 address.
 *
 * @param text without brackets and without a dot at the end
 * @param literal the address, if the text is one; nothing is looked up
 */
record HostName(String text, @Nullable InetAddress literal) {
  private static final int MAX_LENGTH = 253;
  private static final String NUMBER = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile("(?:" + NUMBER + "[.]){3}" + NUMBER);
  private static final Pattern V6 = Pattern.compile("[0-9a-f]*:[0-9a-f:.]*");
  private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:[.]" + LABEL + ")*");

  /** What some readers take for an address: a last label of digits, or of hexadecimal ones. */
  private static final Pattern NUMERIC = Pattern.compile("(?:.*[.])?(?:[0-9]+|0x[0-9a-f]*)");

  /** What the two standards of international names read in two ways. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u03c2\u1e9e\u200c\u200d]");

  /** The host that stands in an address, between user and port; empty if there is no such host. */
  static Optional<HostName> parse(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      return v6(text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT));
    }
    return ascii(text).flatMap(HostName::nameOrV4);
  }

  private static Optional<HostName> v6(String text) {
    if (!V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      return Optional.of(new HostName(address.getHostAddress(), address));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<HostName> nameOrV4(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (V4.matcher(name).matches()) {
      return Optional.of(new HostName(name, InetAddress.ofLiteral(name)));
    }
    boolean good =
        name.length() <= MAX_LENGTH
            && NAME.matcher(name).matches()
            && !NUMERIC.matcher(name).matches();
    return good ? Optional.of(new HostName(name, null)) : Optional.empty();
  }

  /** International names as they stand in the name system, and digits of all scripts as ASCII. */
  private static Optional<String> ascii(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(text.toLowerCase(Locale.ROOT));
    }
    if (AMBIGUOUS.matcher(text).find()) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
      return Optional.of(ascii.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** As it stands in an address: an IPv6 address in brackets. */
  @Override
  public String toString() {
    return text.indexOf(':') >= 0 ? "[" + text + "]" : text;
  }
}
