package io.consigne.core.upkeep;

import io.consigne.core.blobs.DatabaseAge;
import io.consigne.core.blobs.UnknownStoreFiles;
import java.util.List;
import java.util.Map;

/**
 * Finds store files that no row of the database knows. One is believed to be nobody's only if it is
 * still there and unknown in a second look, because it may have been on its way, in or out, at the
 * first.
 */
final class OrphanCheck {
  private final UpkeepStores stores;
  private final UnknownStoreFiles search;
  private final Faults faults;
  private final boolean repair;

  OrphanCheck(UpkeepStores stores, Faults faults, boolean repair) {
    this.stores = stores;
    this.search = new UnknownStoreFiles(stores.database(), stores.blobs(), stores.unentered());
    this.faults = faults;
    this.repair = repair;
  }

  /**
   * Looks twice.
   *
   * @param misses whether contents miss bytes: these may be in a store file whose name is lost
   */
  void run(boolean misses) {
    long mark = stores.database().mark();
    UnknownStoreFiles.Found first = search.find(UpkeepLimits.ORPHANS, this::progress);
    if (first.unknown().isEmpty()) {
      return;
    }
    boolean undecided = !stores.database().isDecided(mark);
    UnknownStoreFiles.Found second = search.findAgain(first, this::progress);
    String why = "";
    if (first.isDoubtful()) {
      why = "most store files are unknown: is this the database?";
    } else if (stores.database().<Boolean>read(DatabaseAge::isDoubted)) {
      why = "the database is older than the store";
    } else if (misses) {
      why = "contents miss bytes, which it may have";
    } else if (undecided) {
      why = "the database may still be about to name it: try again";
    }
    for (Map.Entry<String, Long> unknown : second.unknown().entrySet()) {
      settle(unknown.getKey(), unknown.getValue(), why);
    }
  }

  private void progress(long seen) {
    faults.progress(Progress.rows("Looking through the store", seen, 0));
  }

  private void settle(String name, long size, String whyLeftAlone) {
    String what = "store file " + name + " of " + size + " bytes is in no row of the database";
    boolean removed = repair && whyLeftAlone.isEmpty() && !search.delete(List.of(name)).isEmpty();
    faults.add(new Fault(Fault.Kind.ORPHAN, what, removed, List.of()).leftAlone(whyLeftAlone));
  }
}
