package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what uploads that were not answered left in the store: visible store files that no row
 * of the database knows, and what stands in a pack behind the last record that one knows.
 *
 * <p>A store file that is neither on its way nor in a row, looked for in this order, never gets a
 * row later, unless it is a pack of this run: those are retired before they are deleted, and never
 * cut. The database is doubted when it knows fewer store files than it misses: then it is probably
 * not the one that belongs to this store, and nothing is changed.
 */
public final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final int BATCH = 256;
  private static final int MOST_DELETED = 10_000;
  private static final int NEVER_DOUBTED = 100;
  private static final int ROUNDS_UNTIL_TOLD = 120;

  private final Database database;
  private final Blobs blobs;
  private final UnenteredFiles unentered;
  private final StoreFileRemoval removal;
  private OptionalLong mark = OptionalLong.empty();
  private long rounds;
  private boolean done;

  /** Compares {@code blobs} with {@code database}, passing over {@code unentered}. */
  public Sweep(Database database, Blobs blobs, UnenteredFiles unentered) {
    this.database = database;
    this.blobs = blobs;
    this.unentered = unentered;
    this.removal = new StoreFileRemoval(database, blobs);
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
    var search = new Search();
    blobs.forEach(search);
    search.compare();
    if (search.unknown > NEVER_DOUBTED && search.unknown > search.known) {
      LOG.error(
          "The store has {} store files that the database does not know, and {} that it knows:"
              + " nothing was deleted, because this looks like the wrong database",
          search.unknown,
          search.known);
      return 0;
    }
    search.torn.forEach(this::cut);
    return delete(search.orphans);
  }

  private int delete(List<String> orphans) {
    int deleted = 0;
    for (int at = 0; at < orphans.size(); at += BATCH) {
      deleted += removal.delete(orphans.subList(at, Math.min(at + BATCH, orphans.size()))).size();
    }
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

  private static Map<String, Long> known(Sql sql, Collection<String> names) {
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    return sql
        .list(
            "SELECT name, size_bytes FROM store_files WHERE name IN (" + marks + ")",
            row -> Map.entry(row.text("name"), row.number("size_bytes")),
            names.toArray())
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private final class Search implements Blobs.StoreFileVisitor {
    private final Map<String, Long> batch = new HashMap<>();
    private final List<String> orphans = new ArrayList<>();
    private final Map<String, Long> torn = new HashMap<>();
    private long known;
    private long unknown;

    @Override
    public void visit(String storeFile, long sizeBytes) {
      if (!unentered.contains(storeFile)) {
        batch.put(storeFile, sizeBytes);
      }
      if (batch.size() == BATCH) {
        compare();
      }
    }

    private void compare() {
      if (batch.isEmpty()) {
        return;
      }
      Map<String, Long> found = database.read(sql -> known(sql, batch.keySet()));
      known += found.size();
      unknown += batch.size() - found.size();
      batch.forEach((name, sizeBytes) -> judge(name, sizeBytes, found.get(name)));
      batch.clear();
    }

    private void judge(String name, long sizeBytes, @Nullable Long enteredBytes) {
      if (enteredBytes != null && enteredBytes < sizeBytes) {
        torn.put(name, sizeBytes);
      } else if (enteredBytes == null && orphans.size() < MOST_DELETED) {
        orphans.add(name);
      }
    }
  }
}
