package io.consigne.client.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much time to leave between calls; a limit that is not there is none.
 *
 * @param intervals by limit
 */
public record Limits(Map<Limit, Duration> intervals) {
  /** Those that 1fichier.com documents. */
  public static final Limits DOCUMENTED = documented();

  /** None but those that the host announces: a Consigne host. */
  public static final Limits ANNOUNCED = new Limits(Map.of());

  /** Copies. */
  public Limits {
    var copy = new EnumMap<Limit, Duration>(Limit.class);
    copy.putAll(intervals);
    intervals = Collections.unmodifiableMap(copy);
  }

  private static Limits documented() {
    var all = new EnumMap<Limit, Duration>(Limit.class);
    Arrays.stream(Limit.values()).forEach(limit -> all.put(limit, limit.interval()));
    return new Limits(all);
  }
}
