package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.jobs.Seldom;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.LongSupplier;
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

  private static final Duration AGAIN = Duration.ofHours(1);

  private final Database database;
  private final Blobs blobs;
  private final Seldom seldom;

  /** Deletes from {@code blobs} what {@code database} has no use for. */
  StoreFileRemoval(Database database, Blobs blobs) {
    this(database, blobs, System::nanoTime);
  }

  StoreFileRemoval(Database database, Blobs blobs, LongSupplier nanoTime) {
    this.database = database;
    this.blobs = blobs;
    this.seldom = new Seldom(nanoTime, AGAIN);
  }

  /** Deletes those of the store files that nobody needs, and says which are gone. */
  List<String> delete(List<String> names) {
    List<String> retired = names.stream().filter(blobs::retire).toList();
    if (retired.isEmpty()) {
      return retired;
    }
    Set<String> used = database.read(sql -> used(sql, retired));
    var gone = new ArrayList<String>();
    var left = new LinkedHashMap<String, UncheckedIOException>();
    for (String name : retired) {
      if (!used.contains(name)) {
        try {
          if (StoreFileName.isShapeOf(name)) { // else its row is damaged, and there is none
            blobs.delete(name);
          }
          gone.add(name);
        } catch (UncheckedIOException e) {
          left.put(name, e);
        }
      }
    }
    tell(left);
    return gone;
  }

  /** A store that was mounted read-only refuses all of them, each minute. */
  private void tell(SequencedMap<String, UncheckedIOException> left) {
    if (!left.isEmpty() && seldom.mayTell()) {
      LOG.warn(
          "{} store files that are not needed any more cannot be deleted, such as {}: {}",
          left.size(),
          left.firstEntry().getKey(),
          String.valueOf(left.firstEntry().getValue().getCause()));
    }
  }

  private static Set<String> used(Sql sql, List<String> names) {
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    return new HashSet<>(
        sql.list(
            "SELECT DISTINCT store_file FROM content_segments WHERE store_file IN (" + marks + ")",
            row -> row.text("store_file"),
            names.toArray()));
  }
}
