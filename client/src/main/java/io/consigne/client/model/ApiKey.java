package io.consigne.client.model;

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

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
