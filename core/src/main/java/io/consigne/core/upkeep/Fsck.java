package io.consigne.core.upkeep;

import io.consigne.core.db.Database;
import io.consigne.core.failure.Failure;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Compares the database with itself and with the store, and repairs what can be repaired, in small
 * transactions that look again before they change something. Runs beside everything else.
 */
public final class Fsck {
  /** Faults of files that may show another content than they should. */
  private static final Set<Fault.Kind> WRONGLY_SHOWN =
      EnumSet.of(Fault.Kind.CONTENT, Fault.Kind.OWNER, Fault.Kind.SIZE);

  /** Faults by which a store file may have more contents than the database tells of. */
  private static final Set<Fault.Kind> MISSING =
      EnumSet.of(
          Fault.Kind.CONTENT,
          Fault.Kind.OWNER,
          Fault.Kind.SIZE,
          Fault.Kind.SEGMENTS,
          Fault.Kind.BYTES,
          Fault.Kind.UNCHECKED,
          Fault.Kind.OVERLAP);

  private final UpkeepStores stores;
  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock();

  Fsck(UpkeepStores stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * Looks at everything once.
   *
   * @param repair whether to repair; otherwise nothing is changed
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if another runs
   */
  public FsckReport run(boolean repair, Watcher<Fault> watcher) {
    if (!turn.tryLock()) {
      throw new Failure.Conflict("Another fsck runs").asException();
    }
    try {
      return check(repair, new Faults(watcher));
    } finally {
      turn.unlock();
    }
  }

  private FsckReport check(boolean wanted, Faults faults) {
    Database database = stores.database();
    faults.progress(Progress.rows("Checking the database file", 0, 0));
    List<String> damage = database.damage();
    damage.forEach(what -> faults.add(new Fault(Fault.Kind.DATABASE, what, false, List.of())));
    boolean repair = wanted && damage.isEmpty();
    var tree = new TreeRules(clock);
    var contents = new ContentRules(clock);
    long accounts = rows("Checking accounts", "accounts", tree.ofAccounts(), faults, repair);
    rows("Checking folders", "folders", tree.ofFolders(), faults, repair);
    long files =
        rows("Checking files", "files", both(tree.ofFiles(), contents.ofFiles()), faults, repair);
    boolean doubted = faults.leaves(WRONGLY_SHOWN);
    rows("Checking contents", "contents", contents.ofContents(doubted), faults, repair);
    rows("Counting what accounts have", "accounts", tree.ofUsage(), faults, repair);
    new SegmentCheck(stores, faults).run();
    boolean misses = faults.leaves(MISSING);
    long storeFiles = new StoreFileCheck(database, clock, faults, repair).run(misses);
    new OrphanCheck(stores, faults, repair).run(misses);
    if (repair || faults.groups().isEmpty()) {
      database
          .dangling()
          .forEach(what -> faults.add(new Fault(Fault.Kind.DANGLING, what, false, List.of())));
    }
    return new FsckReport(faults.groups(), accounts, files, storeFiles);
  }

  private long rows(String what, String table, List<Rule> rules, Faults faults, boolean repair) {
    return new RowCheck(what, table, rules).run(stores.database(), faults, repair);
  }

  private static List<Rule> both(List<Rule> some, List<Rule> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
