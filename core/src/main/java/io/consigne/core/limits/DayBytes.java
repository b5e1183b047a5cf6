package io.consigne.core.limits;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Gatherers;

/**
 * How many bytes were transferred on which day in UTC. They are counted in memory and written now
 * and then, so that a crash forgets those of the last moments.
 */
final class DayBytes {
  private static final int BATCH = 500;
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final Database database;
  private final InstantSource clock;
  private final Map<Count, Long> unwritten = new ConcurrentHashMap<>();

  DayBytes(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  private long day() {
    return Math.floorDiv(clock.instant().getEpochSecond(), DAY_SECONDS);
  }

  /** How long this day still is. */
  Duration restOfDay() {
    return Duration.between(clock.instant(), Instant.ofEpochSecond((day() + 1) * DAY_SECONDS));
  }

  /** Counts bytes of today. */
  void add(Subject subject, Direction direction, long bytes) {
    var _ = unwritten.merge(new Count(subject, direction, day()), bytes, Long::sum);
  }

  /** The bytes of today; those that are just being written may count twice for a moment. */
  long today(Subject subject, Direction direction) {
    var count = new Count(subject, direction, day());
    Long inMemory = unwritten.get(count);
    return database.<Long>read(sql -> stored(sql, count)) + (inMemory == null ? 0 : inMemory);
  }

  private static long stored(Sql sql, Count count) {
    return sql.first(
            "SELECT bytes FROM transferred WHERE subject = ? AND direction = ? AND day = ?",
            row -> row.number("bytes"),
            count.subject().name(),
            count.direction().verb(),
            count.day())
        .orElse(0L);
  }

  /** Writes what was counted, and forgets the days before yesterday. */
  void write() {
    unwritten.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .gather(Gatherers.windowFixed(BATCH))
        .toList()
        .forEach(this::write);
    long yesterday = day() - 1;
    database.change(sql -> sql.update("DELETE FROM transferred WHERE day < ?", yesterday));
  }

  private void write(List<Map.Entry<Count, Long>> counted) {
    database.change(sql -> {
      counted.forEach(entry -> add(sql, entry.getKey(), entry.getValue()));
    });
    for (Map.Entry<Count, Long> entry : counted) {
      var _ =
          unwritten.computeIfPresent(
              entry.getKey(),
              (count, bytes) ->
                  bytes.equals(entry.getValue()) ? null : Long.valueOf(bytes - entry.getValue()));
    }
  }

  private static void add(Sql sql, Count count, long bytes) {
    sql.update(
        """
        INSERT INTO transferred (subject, direction, day, bytes) VALUES (?, ?, ?, ?)
        ON CONFLICT (subject, direction, day)
          DO UPDATE SET bytes = transferred.bytes + excluded.bytes
        """,
        count.subject().name(),
        count.direction().verb(),
        count.day(),
        bytes);
  }

  /** Whose bytes, which way, on which day since 1970. */
  private record Count(Subject subject, Direction direction, long day) {}
}
