package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.ContentId;
import io.consigne.core.jobs.Background;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Takes away, some time after their removal, files, the contents that no file shows any more, and
 * the store files that no content is made of any more.
 *
 * <p>What is to go is chosen and taken away in the same transaction, so that an upload that shows
 * the content again comes either before, and the content stays, or after, and does not find it. A
 * store file is doomed in that transaction, deleted some time after it, and forgotten last: a crash
 * in between is made up for by the next round. It is doomed as well when compaction has moved all
 * its contents, of which somebody may just have looked up the old place.
 */
public final class Collector {
  private static final int BATCH = 200;

  private final Database database;
  private final StoreFileRemoval removal;
  private final Contents contents;
  private final InstantSource clock;
  private final Duration grace;
  private final DeletionHold hold;

  /**
   * Leaves what was removed or doomed less than {@code grace} ago, because a reader may be about to
   * open it.
   */
  public Collector(
      Database database, Blobs blobs, Contents contents, InstantSource clock, Duration grace) {
    this.database = database;
    this.removal = new StoreFileRemoval(database, blobs);
    this.contents = contents;
    this.clock = clock;
    this.grace = grace;
    this.hold = new DeletionHold(new LongHold(database, clock)::holds, clock);
  }

  /** Holds the collection back, so that store files stay while they are copied. */
  public DeletionHold hold() {
    return hold;
  }

  /**
   * Collects all there is to collect now, in bounded transactions; while it is held back, nothing,
   * and less when the host stops.
   */
  public void round() {
    hold.unlessHeld(this::collect);
  }

  private void collect() {
    Instant cutoff = clock.instant().minus(grace);
    try {
      forget(cutoff);
    } finally {
      deleteDoomed(cutoff); // on a full disk, it makes room for the rest
    }
  }

  private void forget(Instant cutoff) {
    pullBack("files", "id", "removed_at");
    pullBack("contents", "id", "removed_at");
    pullBack("store_files", "name", "doomed_at");
    int done;
    do {
      done = database.write(sql -> forgetFiles(sql, cutoff));
    } while (done == BATCH && !Background.isEnding());
    do {
      done = database.write(sql -> collectContents(sql, cutoff));
    } while (done == BATCH && !Background.isEnding());
  }

  /**
   * What was removed by a clock that was ahead counts as removed now: it would stay until that time
   * has come. Clocks of nodes that differ by less than the time of grace are none of that kind.
   */
  private void pullBack(String table, String key, String column) {
    Instant now = clock.instant();
    String ahead = "SELECT %s FROM %s WHERE %s > ? LIMIT ?".formatted(key, table, column);
    String update = "UPDATE %s SET %s = ? WHERE %s IN (%s)".formatted(table, column, key, ahead);
    boolean any =
        database.read(sql -> sql.first(ahead, row -> true, now.plus(grace), 1).orElse(false));
    while (any && !Background.isEnding()) {
      any = database.write(sql -> sql.update(update, now, now.plus(grace), BATCH)) == BATCH;
    }
  }

  private static int forgetFiles(Sql sql, Instant cutoff) {
    return sql.update(
        """
        DELETE FROM files WHERE id IN
          (SELECT id FROM files WHERE removed_at <= ? ORDER BY removed_at LIMIT ?)
        """,
        cutoff,
        BATCH);
  }

  private int collectContents(Sql sql, Instant cutoff) {
    List<ContentId> unused =
        sql.list(
            """
            SELECT id FROM contents WHERE refs = 0 AND removed_at <= ? AND NOT EXISTS
              (SELECT 1 FROM files WHERE content_id = contents.id AND removed_at IS NULL)
            ORDER BY removed_at LIMIT ?
            """,
            row -> new ContentId(row.number("id")),
            cutoff,
            BATCH);
    for (ContentId content : unused) {
      sql.update("DELETE FROM files WHERE content_id = ?", content.value());
      contents.remove(sql, content);
    }
    return unused.size();
  }

  private void deleteDoomed(Instant cutoff) {
    String after = "";
    while (true) {
      List<String> doomed = doomed(after, cutoff);
      if (doomed.isEmpty()) {
        return;
      }
      List<String> deleted = removal.delete(doomed);
      database.change(sql -> forgetStoreFiles(sql, deleted));
      after = doomed.getLast();
      if (Background.isEnding()) {
        return;
      }
    }
  }

  private List<String> doomed(String after, Instant cutoff) {
    return database.read(sql ->
        sql.list(
            """
            SELECT name FROM store_files
            WHERE doomed_at <= ? AND segments = 0 AND name > ? ORDER BY name LIMIT ?
            """,
            row -> row.text("name"),
            cutoff,
            after,
            BATCH));
  }

  private static void forgetStoreFiles(Sql sql, List<String> names) {
    for (String name : names) {
      sql.update(
          "DELETE FROM store_files WHERE name = ? AND segments = 0 AND doomed_at IS NOT NULL",
          name);
    }
  }
}
