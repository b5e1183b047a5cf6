package io.consigne.core.accounts;

import io.consigne.core.failure.Failure;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The e-mail address that names an account; two that differ only in case are the same account.
 *
 * @param value as it was given
 */
public record EmailAddress(String value) {
  private static final Pattern SHAPE =
      Pattern.compile("[^\\s@\\p{Cntrl}\\p{Cs}]{1,64}@[^\\s@\\p{Cntrl}\\p{Cs}]{1,185}");

  /** Refuses what does not look like an address. */
  public EmailAddress {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not an e-mail address: " + value);
    }
  }

  /**
   * Takes an address from outside.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid}
   */
  public static EmailAddress parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw new Failure.Invalid("email", text, "must be an address like alice@example.org")
          .asException();
    }
    return new EmailAddress(text);
  }

  /** What addresses are compared by. */
  public String key() {
    return keyOf(value);
  }

  /**
   * What an account is searched by when a caller names it: the text in lower case. No account's
   * name holds the character NUL, which databases refuse, so another that none holds stands for it.
   */
  public static String keyOf(String name) {
    return name.toLowerCase(Locale.ROOT).replace('\0', '\n');
  }

  @Override
  public String toString() {
    return value;
  }
}
