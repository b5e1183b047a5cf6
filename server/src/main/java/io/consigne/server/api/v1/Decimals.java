package io.consigne.server.api.v1;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Numbers as strangers write them. An exponent makes a number of nine characters that takes seconds
 * and gigabytes to write out, so that only numbers of an ordinary size are taken.
 */
final class Decimals {
  private Decimals() {}

  /** The number; empty if the text is none, or one of more than 40 digits when written out. */
  static Optional<BigDecimal> parse(String text) {
    if (text.length() > WireLimits.NUMBER_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text))
          .filter(number -> Math.abs((long) number.scale()) <= WireLimits.NUMBER_LENGTH);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The number as a {@code long}, if it is whole and fits. */
  static Optional<Long> whole(BigDecimal number) {
    try {
      return Optional.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
