package io.consigne.core.db;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The time by which what is old is removed for good. It is never later than the clock's, but goes
 * on by no more than a day for each hour that passes, however far the clock jumps: a host that is
 * started with a clock years ahead leaves its operator weeks to see that, in which little is lost.
 * It goes back as slowly, so that a clock that was behind for a while puts nothing off for longer
 * than that, and one that was ahead at the first start of all is made up for.
 */
public final class RemovalTime {
  private static final Duration STEP = Duration.ofDays(1);
  private static final int FASTER = 24;
  private static final String ROWS = "removal-time-";
  private static final String ASKED = "-asked";
  private static final String BEHIND = "-behind";

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
      Optional<Instant> last = reached(sql);
      if (last.filter(now.plus(STEP)::isBefore).isPresent()) {
        HostFacts.put(sql, row + BEHIND, "yes");
      }
      Instant reached = last.map(time -> towards(now, time, most(sql, now))).orElse(now);
      put(sql, reached, now);
      return earlier(now, reached);
    });
  }

  /** How far it may go: a clock that jumps each time that the host starts shall not be followed. */
  private Duration most(Sql sql, Instant now) {
    Duration passed =
        asked(sql)
            .map(asked -> Duration.between(asked, now).abs().multipliedBy(FASTER))
            .orElse(STEP);
    return passed.compareTo(STEP) < 0 ? passed : STEP;
  }

  private static Instant towards(Instant now, Instant last, Duration most) {
    return now.isBefore(last) ? later(now, last.minus(most)) : earlier(now, last.plus(most));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** How far it has come, which may be later than the clock; empty if nobody has asked yet. */
  public Optional<Instant> reached(Sql sql) {
    return HostFacts.get(sql, row).map(Instant::parse);
  }

  /**
   * Whether the clock is more than a day later than when somebody last asked, and was by then, or
   * some time before, more than a day behind where this time had come: what it told since it went
   * back was too early.
   */
  public boolean wasBehind(Sql sql) {
    Instant latest = asked(sql).map(asked -> asked.plus(STEP)).orElse(Instant.MAX);
    return latest.isBefore(clock.instant())
        && (HostFacts.get(sql, row + BEHIND).isPresent()
            || reached(sql).filter(latest::isBefore).isPresent());
  }

  private Optional<Instant> asked(Sql sql) {
    return HostFacts.get(sql, row + ASKED).map(Instant::parse);
  }

  /** Goes on from that time, which is the clock's, as if it had never been behind. */
  public void set(Sql sql, Instant now) {
    HostFacts.remove(sql, row + BEHIND);
    put(sql, now, now);
  }

  private void put(Sql sql, Instant reached, Instant asked) {
    HostFacts.put(sql, row, reached.toString());
    HostFacts.put(sql, row + ASKED, asked.toString());
  }
}
