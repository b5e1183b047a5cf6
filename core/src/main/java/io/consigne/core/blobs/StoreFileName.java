package io.consigne.core.blobs;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.RandomText;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a store file: 16 random bytes, written as 32 lower-case hexadecimal digits.
 *
 * @param text the digits
 */
record StoreFileName(String text) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{32}");

  /** Refuses what is not 32 lower-case hexadecimal digits. */
  StoreFileName {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("not the name of a store file: " + text);
    }
  }

  /** Whether a file of this name may be a store file; anything else is somebody else's. */
  static boolean isShapeOf(String fileName) {
    return SHAPE.matcher(fileName).matches();
  }

  /**
   * The name of the store file of a segment.
   *
   * @throws io.consigne.core.failure.FailureException {@code Rotten} if it is none, as a damaged
   *     row may have it
   */
  static StoreFileName of(Segment segment) {
    String name = segment.storeFile();
    if (!isShapeOf(name)) {
      throw new Failure.Rotten(name + " at " + segment.offset() + ": no store file is called that")
          .asException();
    }
    return new StoreFileName(name);
  }

  /** Draws a name; 128 random bits are not drawn twice. */
  static StoreFileName draw(RandomGenerator random) {
    return new StoreFileName(RandomText.draw(random, "0123456789abcdef", 32));
  }

  /** The 16 bytes that the digits stand for. */
  byte[] bytes() {
    return HexFormat.of().parseHex(text);
  }

  /** The first two digits, which choose the directory. */
  String shard() {
    return text.substring(0, 2);
  }
}
