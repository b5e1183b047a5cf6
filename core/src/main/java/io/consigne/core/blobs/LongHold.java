package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.HostFacts;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.RandomText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Holds the deletion of store files back for longer than a command runs, also across restarts and
 * for all nodes of a database: while somebody dumps the database by its own tools. Each hold is a
 * row of {@code host}, and ends by itself, should nobody end it.
 */
public final class LongHold {
  /** How long a dump and the copy after it may take. */
  public static final Duration LONGEST = Duration.ofHours(24);

  /** How far clocks of the same database may be apart. */
  private static final Duration APART = Duration.ofHours(1);

  private static final String ROWS = "deletions-held-until/";
  private static final int NAME_LENGTH = 12;

  private final Database database;
  private final InstantSource clock;

  /** Of the host with that database. */
  public LongHold(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Begins one, for {@link #LONGEST}; returns its name. */
  public String begin(RandomGenerator random) {
    String name = RandomText.draw(random, RandomText.LOWER, NAME_LENGTH);
    Instant now = clock.instant();
    database.change(sql -> {
      for (Row old : rows(sql)) {
        if (!old.holds(now)) {
          HostFacts.remove(sql, old.name());
        }
      }
      HostFacts.add(sql, ROWS + name, now.plus(LONGEST).toString());
    });
    return name;
  }

  /** Ends the one of that name; false if it had ended before, so that something may be deleted. */
  public boolean end(String name) {
    Instant now = clock.instant();
    return database.write(sql -> {
      boolean held = rows(sql).stream().anyMatch(row -> row.is(name) && row.holds(now));
      HostFacts.remove(sql, ROWS + name);
      return held;
    });
  }

  /** Whether there is one, or the database is doubted. */
  boolean holds() {
    Instant now = clock.instant();
    return database.<Boolean>read(
        sql -> DatabaseAge.isDoubted(sql) || rows(sql).stream().anyMatch(row -> row.holds(now)));
  }

  private static List<Row> rows(Sql sql) {
    return HostFacts.beginning(sql, ROWS).stream()
        .map(fact -> new Row(fact.name(), Instant.parse(fact.value())))
        .toList();
  }

  private record Row(String name, Instant until) {
    /** Also not if it was begun by a clock that was ahead: it would hold for years. */
    boolean holds(Instant now) {
      return until.isAfter(now) && !until.isAfter(now.plus(LONGEST).plus(APART));
    }

    boolean is(String hold) {
      return name.equals(ROWS + hold);
    }
  }
}
