package io.consigne.e2e.kill;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** The bytes that belong to a number, so that equal contents can be made again. */
final class Content {
  private static final int SMALL = 20_000;
  private static final int MIDDLE = 200_000;
  private static final int LARGE = 3_000_000;

  private final byte[] bytes;
  private final String sha256;

  private Content(byte[] bytes) {
    this.bytes = bytes;
    this.sha256 = HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  /** Small for most numbers, large for one of ten. */
  static Content of(long number) {
    var random = new Random(number);
    int most =
        switch ((int) Math.floorMod(number, 10L)) {
          case 0 -> LARGE;
          case 1, 2 -> MIDDLE;
          default -> SMALL;
        };
    return of(random, random.nextInt(most));
  }

  /** Small, whatever the number. */
  static Content small(long number) {
    var random = new Random(number);
    return of(random, random.nextInt(SMALL));
  }

  private static Content of(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return new Content(bytes);
  }

  /** The bytes. */
  byte[] bytes() {
    return bytes;
  }

  /** Their hash, as the host shows it. */
  String sha256() {
    return sha256;
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
