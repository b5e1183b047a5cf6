package io.consigne.core.uploads;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.blobs.HashesWritten;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.Placement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** Takes uploads in, and tells afterwards what became of them. */
public final class Uploads implements AutoCloseable {
  private final UploadStores stores;
  private final UploadLimits limits;
  private final RandomGenerator random;
  private final ReceiveMemory memory;
  private final Threads threads;

  /** What all uploads have together for which nobody waits: the others never wait for them. */
  private final Semaphore asideBlocks;

  private final UploadTree tree;
  private final Committer committer;
  private final UploadReports reports;
  private final Underway underway = new Underway();
  private final Set<UploadId> running = ConcurrentHashMap.newKeySet();

  /**
   * Takes uploads into {@code stores}.
   *
   * @param tree where their files are entered
   * @param random draws ids and removal codes, so it must be secure
   */
  public Uploads(
      UploadStores stores,
      UploadTree tree,
      UploadLimits limits,
      InstantSource clock,
      RandomGenerator random) {
    this.stores = stores;
    this.tree = tree;
    this.limits = limits;
    this.random = random;
    this.memory = new ReceiveMemory(limits);
    this.threads = new Threads(limits.hashThreads());
    this.asideBlocks = new Semaphore(limits.asideBlocks(), true);
    this.reports = new UploadReports(stores.database(), clock, limits.reportLife());
    var rules = new CommitRules(stores.contents(), tree, limits.dedupe(), clock, random);
    this.committer = new Committer(stores, rules);
  }

  /** A new id, of which nothing is remembered until it is used. */
  public UploadId newId() {
    return UploadId.draw(random);
  }

  /**
   * Begins an upload.
   *
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if an upload of that id is
   *     running or was committed; {@code NotAllowed}
   */
  public Upload begin(UploadId id, Sender sender) {
    sender.access().require(Right.WRITE);
    if (stores.database().<Boolean>read(sql -> UploadReports.isUsed(sql, id))) {
      throw UploadReports.used(id);
    }
    return begin(head(id, sender));
  }

  /** Begins an upload under a new id. */
  public Upload begin(Sender sender) {
    return begin(head(newId(), sender));
  }

  /**
   * Begins an upload under a new id for which nobody waits: others go before it. Its room has been
   * reserved, and is not asked for while it comes in.
   */
  public Upload beginAside(Sender sender) {
    UploadHead head = head(newId(), sender);
    return begin(head, threads.aside(), asideBlocks, room(sender, Long.MAX_VALUE));
  }

  private UploadRoom room(Sender sender, long unasked) {
    return new UploadRoom(stores.database(), tree, underway, sender, unasked);
  }

  private static UploadHead head(UploadId id, Sender sender) {
    return new UploadHead(id, sender, FileLimits.of(sender.access().plan()));
  }

  /** Begins an upload under limits of its own. */
  Upload begin(UploadHead head) {
    var blocks = new Semaphore(limits.blocksPerUpload());
    return begin(head, threads.usual(), blocks, room(head.sender(), 0));
  }

  private Upload begin(UploadHead head, Threads.Pair pair, Semaphore blocks, UploadRoom room) {
    UploadId id = head.id();
    if (!running.add(id)) {
      throw UploadReports.used(id);
    }
    boolean begun = false;
    try {
      Upload upload = upload(head, pair, blocks, room);
      begun = true;
      return upload;
    } finally {
      if (!begun) {
        running.remove(id);
      }
    }
  }

  private Upload upload(UploadHead head, Threads.Pair pair, Semaphore blocks, UploadRoom room) {
    var receiving =
        new Receiving(
            new UploadFiles(stores.blobs(), memory, limits.heldBytes()),
            memory,
            blocks,
            pair.hashing(),
            pair.writing(),
            limits.smallBytes());
    return new Upload(head, receiving, committer, room, () -> running.remove(head.id()));
  }

  /**
   * The folder into which uploads of the caller may go, as a part of the caller's transaction.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}
   */
  public Placement placement(Sql sql, Access access, FolderRef folder) {
    return tree.entry().placement(sql, access, folder);
  }

  /** As {@link #placement}; a folder that is gone stands for the root. */
  public Placement placementOrRoot(Sql sql, Access access, FolderRef folder) {
    return tree.entry().placementOrRoot(sql, access, folder);
  }

  /**
   * Who would own what is uploaded now, as a part of the caller's transaction.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}
   */
  public AccountId ownerOf(Sql sql, Sender sender, UploadForm form) {
    return new Destination(sender, form, tree).owner(sql);
  }

  /** The report of an upload, for somebody unknown who has its id; empty after its life. */
  public Optional<UploadReport> report(UploadId id) {
    return reports.find(id).map(UploadReports.Found::report);
  }

  /**
   * The report of an upload for an account: empty if another account uploaded, or if a file went to
   * where the caller sees nothing.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}
   */
  public Optional<UploadReport> report(UploadId id, Access caller) {
    caller.require(Right.WRITE);
    return reports
        .find(id)
        .filter(found -> found.isFor(caller.account()))
        .filter(found -> reports.isSeen(id, caller))
        .map(UploadReports.Found::report);
  }

  /**
   * Waits until the Whirlpool of each kept file is known, but not longer than {@code longest}.
   *
   * @throws InterruptedException if the caller was interrupted
   */
  public void awaitHashes(UploadId id, Duration longest) throws InterruptedException {
    HashesWritten written = stores.hashes().written();
    long deadline = System.nanoTime() + longest.toNanos();
    while (true) {
      long seen = written.count();
      long left = deadline - System.nanoTime();
      if (left <= 0 || !reports.isPending(id) || !written.await(seen, Duration.ofNanos(left))) {
        return;
      }
    }
  }

  /** Removes the reports whose life is over. */
  public void removeOldReports() {
    reports.removeOld();
  }

  /** What was received and not committed. */
  Underway underway() {
    return underway;
  }

  /** The memory that is being received into. */
  ReceiveMemory memory() {
    return memory;
  }

  /** Stops hashing and writing; the uploads have ended. */
  @Override
  public void close() {
    threads.close();
  }
}
