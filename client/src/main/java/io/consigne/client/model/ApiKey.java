package io.consigne.client.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The key of an account. It is shown by {@link #reveal()} only.
 *
 * @param reveal the key itself, for the {@code Authorization} header and for nothing else
 */
public record ApiKey(String reveal) {
  /** Refuses what no header can carry, without repeating it. */
  public ApiKey {
    if (reveal.isEmpty() || !reveal.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("an API key is letters, digits and signs, without spaces");
    }
  }

  /**
   * Names the account in files of this machine without telling its key: 12 digits of a hash.
   *
   * @return the first 12 digits of its SHA-256
   */
  public String fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(reveal.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
