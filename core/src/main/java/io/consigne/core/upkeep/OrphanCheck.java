package io.consigne.core.upkeep;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds store files that no row of the database knows. One is believed to be nobody's only if it is
 * still there and unknown in a second look, because it may have been on its way, in or out, at the
 * first. A pack is retired before the second, so that nobody is about to make a row of it.
 */
final class OrphanCheck {
  private static final int BATCH = 256;
  private static final int MOST = 100_000;
  private static final int NEVER_DOUBTED = 100;

  /** A store file without a row of its own has its bytes all the same. */
  private static final List<String> KNOWN =
      List.of(
          "SELECT name FROM store_files WHERE name IN (%s)",
          "SELECT DISTINCT store_file AS name FROM content_segments WHERE store_file IN (%s)");

  private final UpkeepStores stores;
  private final Faults faults;
  private final boolean repair;

  OrphanCheck(UpkeepStores stores, Faults faults, boolean repair) {
    this.stores = stores;
    this.faults = faults;
    this.repair = repair;
  }

  void run() {
    long mark = stores.database().mark();
    var first = new Look(Set.of());
    stores.blobs().forEach(first);
    first.compare();
    if (first.orphans.isEmpty()) {
      return;
    }
    boolean undecided = !stores.database().isDecided(mark);
    var second = new Look(first.orphans.keySet());
    stores.blobs().forEach(second);
    second.compare();
    boolean doubted = first.unknown > NEVER_DOUBTED && first.unknown > first.known;
    String why =
        doubted
            ? "; it is left alone, because most store files are unknown: is this the database?"
            : undecided
                ? "; it is left alone, because the database may still be about to name it: try"
                    + " again"
                : "";
    second.orphans.forEach((name, size) -> settle(name, size, why));
  }

  private void settle(String name, long size, String whyLeftAlone) {
    String what = "store file " + name + " of " + size + " bytes is in no row of the database";
    boolean removed = repair && whyLeftAlone.isEmpty() && isDeleted(name);
    faults.add(new Fault(Fault.Kind.ORPHAN, what + whyLeftAlone, removed, List.of()));
  }

  private boolean isDeleted(String name) {
    try {
      stores.blobs().delete(name);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** A look at the store; the second one looks for those alone that the first has found. */
  private final class Look implements Blobs.StoreFileVisitor {
    private final Set<String> sought;
    private final Map<String, Long> batch = new TreeMap<>();
    private final Map<String, Long> orphans = new TreeMap<>();
    private long known;
    private long unknown;

    Look(Set<String> sought) {
      this.sought = sought;
    }

    @Override
    public void visit(String storeFile, long sizeBytes) {
      if ((sought.isEmpty() || sought.contains(storeFile))
          && !stores.unentered().contains(storeFile)
          && (sought.isEmpty() || stores.blobs().retire(storeFile))) {
        batch.put(storeFile, sizeBytes);
      }
      if (batch.size() == BATCH) {
        compare();
      }
    }

    private void compare() {
      Database database = stores.database();
      Set<String> found = batch.isEmpty() ? Set.of() : database.read(this::known);
      known += found.size();
      unknown += batch.size() - found.size();
      faults.progress(Progress.rows("Looking through the store", known + unknown, 0));
      batch.keySet().removeAll(found);
      batch.forEach((name, size) -> {
        if (orphans.size() < MOST) {
          orphans.put(name, size);
        }
      });
      batch.clear();
    }

    private Set<String> known(Sql sql) {
      List<String> names = new ArrayList<>(batch.keySet());
      String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
      var known = new HashSet<String>();
      for (String statement : KNOWN) {
        known.addAll(
            sql.list(statement.formatted(marks), row -> row.text("name"), names.toArray()));
      }
      return known;
    }
  }
}
