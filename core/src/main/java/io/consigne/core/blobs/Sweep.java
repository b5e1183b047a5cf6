package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.jobs.Background;
import java.util.Collection;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what uploads that were not answered left in the store: visible store files that no row
 * of the database knows, and what stands in a pack behind the last record that one knows. Packs of
 * this run are never cut. Where the database is in doubt, nothing is changed.
 */
public final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final int MOST_DELETED = 10_000;
  private static final int ROUNDS_UNTIL_TOLD = 120;

  private final Database database;
  private final Blobs blobs;
  private final UnknownStoreFiles search;
  private OptionalLong mark = OptionalLong.empty();
  private long rounds;
  private boolean done;

  /** Compares {@code blobs} with {@code database}, skipping {@code unentered}. */
  public Sweep(Database database, Blobs blobs, UnenteredFiles unentered) {
    this.database = database;
    this.blobs = blobs;
    this.search = new UnknownStoreFiles(database, blobs, unentered);
  }

  /**
   * Runs once, also if it fails, as soon as it is decided what has become of every write that had
   * begun when this was called for the first time: a row may come that a killed host has sent to
   * its database.
   */
  public void round() {
    if (mark.isEmpty()) {
      mark = OptionalLong.of(database.mark());
    }
    if (done) {
      return;
    }
    if (database.isDecided(mark.getAsLong())) {
      done = true;
      run();
    } else if (++rounds == ROUNDS_UNTIL_TOLD) {
      LOG.warn(
          "What uploads of earlier runs left in the store is still there: a transaction that was"
              + " open at the start is open yet, perhaps a prepared one, or of another database of"
              + " the server");
    }
  }

  /** Looks at each visible store file; returns how many were deleted, at most 10,000. */
  public int run() {
    if (database.<Boolean>read(DatabaseAge::isDoubted)) {
      return 0;
    }
    UnknownStoreFiles.Found found = search.find(MOST_DELETED, seen -> {});
    if (Background.isEnding()) {
      return 0;
    }
    if (found.isDoubtful()) {
      LOG.error(
          "The store has {} store files that the database does not know, and {} that it knows:"
              + " nothing was deleted, because this looks like the wrong database",
          found.unknownCount(),
          found.knownCount());
      return 0;
    }
    found.longer().forEach(this::cut);
    return delete(found.unknown().keySet());
  }

  private int delete(Collection<String> orphans) {
    int deleted = search.delete(orphans).size();
    if (deleted > 0) {
      LOG.info("Deleted {} store files of uploads that were not answered", deleted);
    }
    return deleted;
  }

  /** Cuts a pack to the end of the last record that was ever entered. */
  private void cut(String storeFile, long sizeBytes) {
    long known = database.read(sql -> knownEnd(sql, storeFile));
    if (known < sizeBytes && blobs.cut(storeFile, known)) {
      LOG.info("Cut {} to {} bytes: the others were not answered", storeFile, known);
    }
  }

  private static long knownEnd(Sql sql, String storeFile) {
    long entered =
        sql.first(
                "SELECT size_bytes FROM store_files WHERE name = ?",
                row -> row.number("size_bytes"),
                storeFile)
            .orElse(Long.MAX_VALUE);
    return Math.max(entered, ContentSegments.endOfLast(sql, storeFile));
  }
}
