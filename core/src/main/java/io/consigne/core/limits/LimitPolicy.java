package io.consigne.core.limits;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which limits hold on a host.
 *
 * @param tableOrNull the limits, null for none at all
 * @param floodOrNull how who is too fast is locked out, null to refuse only what is too much
 * @param nanoTime the time in nanoseconds, which never goes back
 */
public record LimitPolicy(
    @Nullable LimitTable tableOrNull, @Nullable FloodLimits floodOrNull, LongSupplier nanoTime) {
  /** No limits. */
  public static final LimitPolicy OFF = new LimitPolicy(null, null, System::nanoTime);

  /** The limits of the table, refused as HTTP has it. */
  public static LimitPolicy of(LimitTable table) {
    return new LimitPolicy(table, null, System::nanoTime);
  }

  /** This policy, with locks for who is too fast. */
  public LimitPolicy with(FloodLimits flood) {
    return new LimitPolicy(tableOrNull, flood, nanoTime);
  }
}
