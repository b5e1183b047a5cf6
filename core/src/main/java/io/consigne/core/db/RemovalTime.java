package io.consigne.core.db;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time by which what is old is removed for good. It is that of the clock, but goes on by no
 * more than a day each time that it is asked for: a host that is started with a clock years ahead
 * leaves its operator weeks to see that, in which little is lost.
 */
public final class RemovalTime {
  private static final Duration STEP = Duration.ofDays(1);
  private static final String ROWS = "removal-time-";

  private final Database database;
  private final InstantSource clock;
  private final String row;

  /** What counts for the removals of that name, which has its own time. */
  public RemovalTime(Database database, InstantSource clock, String name) {
    this.database = database;
    this.clock = clock;
    this.row = ROWS + name;
  }

  /** The time now; the first time of all it is that of the clock. */
  public Instant next() {
    return database.write(sql -> {
      Instant now = clock.instant();
      Instant most =
          HostFacts.get(sql, row).map(last -> Instant.parse(last).plus(STEP)).orElse(now);
      Instant next = now.isBefore(most) ? now : most;
      set(sql, next);
      return next;
    });
  }

  /** Goes on from that time. */
  public void set(Sql sql, Instant time) {
    HostFacts.put(sql, row, time.toString());
  }
}
