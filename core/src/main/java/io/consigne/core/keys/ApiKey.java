package io.consigne.core.keys;

import io.consigne.core.ids.RandomText;
import io.consigne.core.ids.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The secret that opens an account: {@code csg_}, 22 random characters and 6 of their CRC-32, all
 * base 62. 32 characters of {@code [A-Za-z0-9_]}, the shape that clients of 1fichier check for;
 * recognised offline by prefix and checksum.
 */
public final class ApiKey {
  /** What every key begins with. */
  public static final String PREFIX = "csg_";

  private static final int RANDOM_LENGTH = 22;
  private static final int CHECK_LENGTH = 6;
  private static final int CHECKED_LENGTH = PREFIX.length() + RANDOM_LENGTH;
  private static final Pattern SHAPE =
      Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM_LENGTH + CHECK_LENGTH) + "}");
  private static final int HINT_LENGTH = 8;

  private final String text;

  private ApiKey(String text) {
    this.text = text;
  }

  /** Draws a new key from {@code random}, which must be secure. */
  public static ApiKey draw(RandomGenerator random) {
    String body = PREFIX + RandomText.draw(random, RandomText.BASE62, RANDOM_LENGTH);
    return new ApiKey(body + check(body));
  }

  /** The key that {@code text} is; empty if it has not the shape of one or a wrong checksum. */
  public static Optional<ApiKey> parse(String text) {
    return SHAPE.matcher(text).matches()
            && check(text.substring(0, CHECKED_LENGTH)).equals(text.substring(CHECKED_LENGTH))
        ? Optional.of(new ApiKey(text))
        : Optional.empty();
  }

  private static String check(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    long rest = crc.getValue();
    char[] digits = new char[CHECK_LENGTH];
    for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
      digits[i] = RandomText.BASE62.charAt((int) (rest % 62));
      rest /= 62;
    }
    return new String(digits);
  }

  /** The key itself, to be shown once to whom it is made for. */
  public String reveal() {
    return text;
  }

  /** SHA-256 in hex: what is kept and searched for. */
  String hash() {
    return Sha256.hex(text);
  }

  /** The first characters, enough to recognise the key in a list and too few to use it. */
  String hint() {
    return text.substring(0, HINT_LENGTH);
  }

  @Override
  public String toString() {
    return hint() + "…";
  }
}
