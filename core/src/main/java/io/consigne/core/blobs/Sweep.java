package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes visible store files that no row of the database knows: what a crash between the store's
 * commit and the database's leaves behind.
 *
 * <p>A store file that is neither on its way nor in a row, looked for in this order, never gets a
 * row later. The database is doubted when it knows fewer store files than it misses: then it is
 * probably not the one that belongs to this store, and nothing is deleted.
 */
public final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final int BATCH = 256;
  private static final int MOST_DELETED = 10_000;
  private static final int NEVER_DOUBTED = 100;

  private final Database database;
  private final Blobs blobs;
  private final UnenteredFiles unentered;

  /** Compares {@code blobs} with {@code database}, passing over {@code unentered}. */
  public Sweep(Database database, Blobs blobs, UnenteredFiles unentered) {
    this.database = database;
    this.blobs = blobs;
    this.unentered = unentered;
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
    search.orphans.forEach(blobs::delete);
    if (!search.orphans.isEmpty()) {
      LOG.info("Deleted {} store files of uploads that were not answered", search.orphans.size());
    }
    return search.orphans.size();
  }

  private static Set<String> known(Sql sql, List<String> names) {
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    return new HashSet<>(
        sql.list(
            "SELECT name FROM store_files WHERE name IN (" + marks + ")",
            row -> row.text("name"),
            names.toArray()));
  }

  private final class Search implements Blobs.StoreFileVisitor {
    private final List<String> batch = new ArrayList<>(BATCH);
    private final List<String> orphans = new ArrayList<>();
    private long known;
    private long unknown;

    @Override
    public void visit(String storeFile, long sizeBytes) {
      if (!unentered.contains(storeFile)) {
        batch.add(storeFile);
      }
      if (batch.size() == BATCH) {
        compare();
      }
    }

    private void compare() {
      if (batch.isEmpty()) {
        return;
      }
      Set<String> found = database.read(sql -> known(sql, batch));
      known += found.size();
      unknown += batch.size() - found.size();
      batch.stream()
          .filter(name -> !found.contains(name))
          .limit(MOST_DELETED - orphans.size())
          .forEach(orphans::add);
      batch.clear();
    }
  }
}
