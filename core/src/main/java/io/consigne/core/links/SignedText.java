package io.consigne.core.links;

import io.consigne.core.ids.RandomText;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes with a signature as letters and digits alone, as 1fichier's download addresses have them:
 * base 62 of a leading 1, the key's number, the message, and 16 bytes of its HMAC.
 */
final class SignedText {
  private static final int MAC_BYTES = 16;
  private static final int DIGITS = 10;
  private static final BigInteger BASE = BigInteger.valueOf(62);

  private SignedText() {}

  static String write(SigningKeys.SigningKey key, byte[] message) {
    byte[] signed = withNumber(key.id(), message);
    byte[] all =
        ByteBuffer.allocate(1 + signed.length + MAC_BYTES)
            .put((byte) 1)
            .put(signed)
            .put(key.sign(signed), 0, MAC_BYTES)
            .array();
    return base62(new BigInteger(1, all));
  }

  /** The message, if the text is of the right length and a known key signed it. */
  static Optional<ByteBuffer> read(SigningKeys keys, String text, int messageBytes) {
    int length = length(messageBytes);
    boolean plausible = text.length() <= mostDigits(messageBytes) && !text.startsWith("0");
    byte[] all = plausible ? bytes(text) : new byte[0];
    if (all.length != length || all[0] != 1) {
      return Optional.empty();
    }
    byte[] signed = Arrays.copyOfRange(all, 1, length - MAC_BYTES);
    byte[] mac = Arrays.copyOfRange(all, length - MAC_BYTES, length);
    ByteBuffer message = ByteBuffer.wrap(signed);
    return keys.numbered(message.getLong())
        .filter(key -> MessageDigest.isEqual(Arrays.copyOf(key.sign(signed), MAC_BYTES), mac))
        .map(key -> message);
  }

  /** A text with more digits cannot be one. */
  private static int mostDigits(int messageBytes) {
    return 2 * length(messageBytes);
  }

  private static int length(int messageBytes) {
    return 1 + Long.BYTES + messageBytes + MAC_BYTES;
  }

  private static byte[] withNumber(long number, byte[] message) {
    return ByteBuffer.allocate(Long.BYTES + message.length).putLong(number).put(message).array();
  }

  private static String base62(BigInteger value) {
    var text = new StringBuilder();
    for (BigInteger rest = value; rest.signum() > 0; ) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      text.append(RandomText.BASE62.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return text.reverse().toString();
  }

  /** Takes as many digits at a time as a long holds: a big number is dear to multiply. */
  private static byte[] bytes(String text) {
    BigInteger value = BigInteger.ZERO;
    for (int from = 0; from < text.length(); from += DIGITS) {
      int to = Math.min(from + DIGITS, text.length());
      long digits = 0;
      long power = 1;
      for (int i = from; i < to; i++) {
        int digit = RandomText.BASE62.indexOf(text.charAt(i));
        if (digit < 0) {
          return new byte[0];
        }
        digits = digits * RandomText.BASE62.length() + digit;
        power *= RandomText.BASE62.length();
      }
      value = value.multiply(BigInteger.valueOf(power)).add(BigInteger.valueOf(digits));
    }
    return value.toByteArray();
  }
}
