package io.consigne.core.limits;

import java.util.Locale;

/** Which way the bytes of a transfer go. */
public enum Direction {
  UPLOAD,
  DOWNLOAD;

  TransferLimits of(PlanLimits limits) {
    return this == UPLOAD ? limits.up() : limits.down();
  }

  /** The direction as a verb. */
  String verb() {
    return name().toLowerCase(Locale.ROOT);
  }
}
