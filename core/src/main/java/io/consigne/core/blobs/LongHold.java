package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Holds the deletion of store files back for longer than a command runs, also across restarts and
 * for all nodes of a database: while somebody dumps the database by its own tools. It is a row of
 * {@code host}, and ends by itself, should nobody end it.
 */
public final class LongHold {
  /** How long a dump may take. */
  public static final Duration LONGEST = Duration.ofHours(24);

  private static final String ROW = "deletions-held-until";

  private final Database database;
  private final InstantSource clock;

  /** Of the host with that database. */
  public LongHold(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Begins it, or lets it last for {@link #LONGEST} from now on; returns when it ends. */
  public Instant begin() {
    Instant until = clock.instant().plus(LONGEST);
    database.write(sql ->
        sql.update(
            """
            INSERT INTO host (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            ROW,
            until.toString()));
    return until;
  }

  /** Ends it, if there is one. */
  public void end() {
    database.write(sql -> sql.update("DELETE FROM host WHERE name = ?", ROW));
  }

  /** Whether there is one. */
  boolean holds() {
    return database
        .read(sql ->
            sql.first("SELECT value FROM host WHERE name = ?", row -> row.text("value"), ROW))
        .map(Instant::parse)
        .filter(until -> clock.instant().isBefore(until))
        .isPresent();
  }
}
