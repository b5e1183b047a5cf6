package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.jobs.Background;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Finds store files that no row of the database knows, and deletes those that it has no use for.
 *
 * <p>A store file that is neither on its way nor in a row, looked for in this order, never gets a
 * row later, unless it is a pack of this run: those are retired before they are believed to be
 * nobody's. The database is doubted when it knows fewer store files than it misses: then it is
 * probably not the one that belongs to this store.
 */
public final class UnknownStoreFiles {
  private static final int BATCH = 256;
  private static final int NEVER_DOUBTED = 100;

  private final Database database;
  private final Blobs blobs;
  private final UnenteredFiles unentered;
  private final StoreFileRemoval removal;

  /** Compares {@code blobs} with {@code database}, skipping {@code unentered}. */
  public UnknownStoreFiles(Database database, Blobs blobs, UnenteredFiles unentered) {
    this.database = database;
    this.blobs = blobs;
    this.unentered = unentered;
    this.removal = new StoreFileRemoval(database, blobs);
  }

  /**
   * Looks at each visible store file that is not on its way.
   *
   * @param most how many unknown ones are named; all are counted
   * @param seen is told how many were compared
   */
  public Found find(int most, LongConsumer seen) {
    return look(name -> true, most, seen);
  }

  /**
   * Looks again for those that were unknown, and retires them: those that are found are nobody's.
   */
  public Found findAgain(Found first, LongConsumer seen) {
    return look(
        name -> first.unknown().containsKey(name) && blobs.retire(name),
        first.unknown().size(),
        seen);
  }

  private Found look(Predicate<String> wanted, int most, LongConsumer seen) {
    var look = new Look(most, seen);
    blobs.forEach((name, sizeBytes) -> {
      if (!Background.isEnding() && !unentered.contains(name) && wanted.test(name)) {
        look.add(name, sizeBytes);
      }
    });
    return look.found();
  }

  /** Deletes those of the store files that no content is made of, and says which are gone. */
  public List<String> delete(Collection<String> names) {
    List<String> all = List.copyOf(names);
    var deleted = new ArrayList<String>();
    for (int at = 0; at < all.size() && !Background.isEnding(); at += BATCH) {
      deleted.addAll(removal.delete(all.subList(at, Math.min(at + BATCH, all.size()))));
    }
    return deleted;
  }

  /**
   * What a look has found.
   *
   * @param unknown the unknown store files and their sizes in bytes, by name, up to so many
   * @param longer store files with more bytes than were ever entered, and their sizes in bytes
   * @param knownCount how many store files have a row
   * @param unknownCount how many have none
   */
  public record Found(
      Map<String, Long> unknown, Map<String, Long> longer, long knownCount, long unknownCount) {
    /** Whether the database looks like that of another store. */
    public boolean isDoubtful() {
      return unknownCount > NEVER_DOUBTED && unknownCount > knownCount;
    }
  }

  private final class Look {
    private final int most;
    private final LongConsumer seen;
    private final Map<String, Long> batch = new TreeMap<>();
    private final Map<String, Long> unknown = new TreeMap<>();
    private final Map<String, Long> longer = new TreeMap<>();
    private long knownCount;
    private long unknownCount;

    Look(int most, LongConsumer seen) {
      this.most = most;
      this.seen = seen;
    }

    void add(String name, long sizeBytes) {
      batch.put(name, sizeBytes);
      if (batch.size() == BATCH) {
        compare();
      }
    }

    Found found() {
      compare();
      return new Found(unknown, longer, knownCount, unknownCount);
    }

    private void compare() {
      Map<String, OptionalLong> known =
          batch.isEmpty() ? Map.of() : database.read(sql -> known(sql, batch.keySet()));
      batch.forEach((name, sizeBytes) -> {
        OptionalLong entered = known.get(name);
        if (entered == null) {
          unknownCount++;
          if (unknown.size() < most) {
            unknown.put(name, sizeBytes);
          }
        } else {
          knownCount++;
          if (entered.orElse(Long.MAX_VALUE) < sizeBytes) {
            longer.put(name, sizeBytes);
          }
        }
      });
      batch.clear();
      seen.accept(knownCount + unknownCount);
    }
  }

  /**
   * How many bytes are entered; a store file without a row of its own has its bytes all the same.
   */
  private static Map<String, OptionalLong> known(Sql sql, Collection<String> names) {
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    var known = new TreeMap<String, OptionalLong>();
    sql.list(
            "SELECT DISTINCT store_file FROM content_segments WHERE store_file IN (" + marks + ")",
            row -> row.text("store_file"),
            names.toArray())
        .forEach(name -> known.put(name, OptionalLong.empty()));
    sql.list(
            "SELECT name, size_bytes FROM store_files WHERE name IN (" + marks + ")",
            row -> Map.entry(row.text("name"), OptionalLong.of(row.number("size_bytes"))),
            names.toArray())
        .forEach(row -> known.put(row.getKey(), row.getValue()));
    return known;
  }
}
