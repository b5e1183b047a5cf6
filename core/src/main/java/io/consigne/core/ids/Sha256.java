package io.consigne.core.ids;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every JDK has. */
public final class Sha256 {
  private Sha256() {}

  /** A new digest. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The hash of a text's UTF-8 bytes, 64 lower-case hex digits. */
  public static String hex(String text) {
    return hex(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The hash of the remaining bytes, of which none is left; 64 lower-case hex digits. */
  public static String hex(ByteBuffer bytes) {
    MessageDigest digest = digest();
    digest.update(bytes);
    return HexFormat.of().formatHex(digest.digest());
  }
}
