package io.consigne.core.hooks;

import org.jspecify.annotations.Nullable;

/**
 * A failed try.
 *
 * @param statusOrNull what was answered, null if nothing was
 * @param reason a sentence for the log
 */
record Tried(@Nullable Integer statusOrNull, String reason) {
  static Tried answered(int status) {
    boolean elsewhere = status >= 300 && status < 400;
    return new Tried(
        status,
        "The receiver answered "
            + status
            + (elsewhere ? ", and redirections are not followed" : ", which is not 2xx"));
  }

  static Tried vain(String reason) {
    return new Tried(null, reason);
  }
}
