package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes store files that no content is made of: the one place where visible ones are deleted
 * which the database was told of, or may have been.
 *
 * <p>A row that points to a store file is made of an open {@link Appended} in it, of a commit that
 * is on its way, or of another row that points there. So a store file is retired first: from then
 * on there is no open {@code Appended}, and will be none. Then the database is asked: a store file
 * that no row points to now has none to copy either, and stays without. The rows themselves count,
 * not the number of them that its own row says: if that were ever wrong, bytes would be lost.
 * Commits that are on their way are the callers' to leave out.
 */
final class StoreFileRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFileRemoval.class);

  private final Database database;
  private final Blobs blobs;

  /** Deletes from {@code blobs} what {@code database} has no use for. */
  StoreFileRemoval(Database database, Blobs blobs) {
    this.database = database;
    this.blobs = blobs;
  }

  /** Deletes those of the store files that nobody needs, and says which are gone. */
  List<String> delete(List<String> names) {
    List<String> retired = names.stream().filter(blobs::retire).toList();
    if (retired.isEmpty()) {
      return retired;
    }
    Set<String> used = database.read(sql -> used(sql, retired));
    return retired.stream().filter(name -> !used.contains(name)).filter(this::isDeleted).toList();
  }

  private static Set<String> used(Sql sql, List<String> names) {
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    return new HashSet<>(
        sql.list(
            "SELECT DISTINCT store_file FROM content_segments WHERE store_file IN (" + marks + ")",
            row -> row.text("store_file"),
            names.toArray()));
  }

  private boolean isDeleted(String storeFile) {
    try {
      blobs.delete(storeFile);
      return true;
    } catch (UncheckedIOException e) {
      LOG.warn("Store file {} is not needed any more, but cannot be deleted", storeFile, e);
      return false;
    }
  }
}
