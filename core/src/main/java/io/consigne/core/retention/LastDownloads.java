package io.consigne.core.retention;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.FileId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Gatherers;

/**
 * When files were last downloaded: remembered at once, written in batches. The latest time counts,
 * so that a download by a clock that is behind makes no file older.
 */
public final class LastDownloads {
  private static final int BATCH = 500;
  private static final int MOST = 100_000;

  private final Database database;
  private final InstantSource clock;
  private final Map<FileId, Instant> unwritten = new ConcurrentHashMap<>();

  LastDownloads(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Remembers that a download of a file begins now. */
  public void now(FileId file) {
    unwritten.merge(file, clock.instant(), (one, other) -> one.isAfter(other) ? one : other);
    if (unwritten.size() > MOST) {
      write();
    }
  }

  /** Whether a download is remembered that is not written yet. */
  boolean remembers(FileId file) {
    return unwritten.containsKey(file);
  }

  /** Writes what is remembered; a removal that was announced is off with it. */
  void write() {
    var all = new ArrayList<Map.Entry<FileId, Instant>>();
    unwritten.forEach((file, when) -> all.add(Map.entry(file, when)));
    var batches = Gatherers.<Map.Entry<FileId, Instant>>windowFixed(BATCH);
    for (List<Map.Entry<FileId, Instant>> batch : all.stream().gather(batches).toList()) {
      database.change(sql -> {
        batch.forEach(entry -> write(sql, entry.getKey(), entry.getValue()));
      });
      batch.forEach(entry -> unwritten.remove(entry.getKey(), entry.getValue()));
    }
  }

  private static void write(Sql sql, FileId file, Instant when) {
    sql.update(
        """
        UPDATE files SET removal_at = NULL,
          downloaded_at = CASE WHEN downloaded_at > ? THEN downloaded_at ELSE ? END
        WHERE id = ?
        """,
        when,
        when,
        file.value());
  }
}
