package io.consigne.core.db;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of a result; columns by the names that the statement gives them. */
public interface Row {
  /** A number; {@code NULL} is an error. */
  long number(String column);

  /** A number, or null. */
  @Nullable Long numberOrNull(String column);

  /** A text; {@code NULL} is an error. */
  String text(String column);

  /** A text, or null. */
  @Nullable String textOrNull(String column);

  /** A boolean; {@code NULL} is an error. */
  boolean flag(String column);

  /** An instant, stored as UTC milliseconds; {@code NULL} is an error. */
  Instant instant(String column);

  /** An instant, or null. */
  @Nullable Instant instantOrNull(String column);
}
