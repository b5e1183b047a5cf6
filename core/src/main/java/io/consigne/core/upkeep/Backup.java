package io.consigne.core.upkeep;

import io.consigne.core.blobs.DatabaseAge;
import io.consigne.core.blobs.LongHold;
import io.consigne.core.blobs.StoreCopy;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies a host, running or not, into a directory, where a backup of it may be already.
 *
 * <p>The order is: deletions are held back, the database is copied as it is at one moment, then the
 * bytes that this copy knows, then the manifest is put in place; only then what nobody needs any
 * more is removed from the directory. So the backup that was there before counts until the new one
 * does.
 */
public final class Backup {
  /** Why a database on PostgreSQL is not copied. */
  public static final String NO_FILE =
      "A PostgreSQL database is copied by its own tools: run backup --blobs-only --dump 'pg_dump"
          + " --file=…'";

  private static final String OLDER =
      "The database is older than its store. A backup of it would take the place of one that may"
          + " have the newer database: put that back, or go on with this one as docs/operating.md"
          + " says";

  private final UpkeepStores stores;
  private final InstantSource clock;

  Backup(UpkeepStores stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * Makes a backup of everything.
   *
   * @param files of the host; its database must be SQLite's
   * @param watcher is shown the damaged segments that could not be copied
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if the directory is not
   *     empty and no backup of this host, or is within the host's own, or another backup into it
   *     runs, or the database is none that can be copied, or older than the store
   * @throws UncheckedIOException if something cannot be read or written; to run it again goes on
   */
  public BackupReport run(Path to, HostFiles files, Watcher<Damage> watcher) {
    if (!stores.database().isFile()) {
      throw new Failure.Conflict(NO_FILE).asException();
    }
    requireOfItsAge();
    try (BackupDirectory directory = BackupDirectory.open(to, storeId(), files)) {
      return stores.hold().during(() -> copyAll(directory, files, watcher));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps what is stored now, until {@link #release} or for a day: the database is about to be
   * dumped by its own tools. What the dump names is then still there for {@link #runBlobs}. Returns
   * the name of the hold; others may hold at the same time.
   *
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if the database is older
   *     than the store: the dump would take the place of a newer one
   */
  public String hold() {
    requireOfItsAge();
    return stores
        .hold()
        .during(() -> new LongHold(stores.database(), clock).begin(new SecureRandom()));
  }

  /**
   * Lets go again what {@link #hold} keeps.
   *
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if it was let go before, so
   *     that the backup may lack what the dump names
   */
  public void release(String hold) {
    if (!new LongHold(stores.database(), clock).end(hold)) {
      throw new Failure.Conflict(
              "What the dump names was not kept until now (for a day at most): make the backup"
                  + " again")
          .asException();
    }
  }

  /**
   * Copies only the bytes that the database knows now, to be kept beside a dump of the database
   * that its own tools make.
   *
   * @param files of the host
   * @param prune whether to remove store files that the database does not know now; only a dump
   *     that was made since {@link #hold} fits what stays
   * @throws io.consigne.core.failure.FailureException {@code Conflict} as {@link #run}, and if the
   *     directory has a backup with a database, which would not count any more
   */
  public BackupReport runBlobs(Path to, HostFiles files, boolean prune, Watcher<Damage> watcher) {
    requireOfItsAge();
    try (BackupDirectory directory = BackupDirectory.open(to, storeId(), files)) {
      directory.requireNoDatabase();
      return stores.hold().during(() -> copyStore(directory, prune, watcher));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an older database does not know would be removed from the directory. */
  private void requireOfItsAge() {
    if (stores.database().<Boolean>read(DatabaseAge::isDoubted)) {
      throw new Failure.Conflict(OLDER).asException();
    }
  }

  private BackupReport copyAll(BackupDirectory directory, HostFiles files, Watcher<Damage> watcher)
      throws IOException {
    Instant now = clock.instant();
    String name = directory.beginState(now);
    Path state = directory.path().resolve(name);
    boolean copied = false;
    try {
      List<Manifest.Entry> entries = copyFiles(state, files, watcher);
      try (Database snapshot = Databases.sqliteCopy(state.resolve(Manifest.DATABASE))) {
        requireSound(snapshot);
        SegmentCopies copies = copyBlobs(snapshot, directory, watcher);
        copied = true;
        directory.complete(new Manifest(now.toString(), storeId(), name, entries, copies.blobs()));
        return copies.report(directory.prune(snapshot, name));
      }
    } finally {
      if (!copied) {
        directory.giveUp(name);
      }
    }
  }

  private static void requireSound(Database snapshot) {
    List<String> damage = snapshot.damage();
    if (!damage.isEmpty()) {
      throw new Failure.Conflict("The database is damaged: " + damage.getFirst()).asException();
    }
  }

  private BackupReport copyStore(BackupDirectory directory, boolean prune, Watcher<Damage> watcher)
      throws IOException {
    Instant now = clock.instant();
    SegmentCopies copies = copyBlobs(stores.database(), directory, watcher);
    directory.complete(
        new Manifest(now.toString(), storeId(), Manifest.NO_STATE, List.of(), copies.blobs()));
    return copies.report(prune ? directory.prune(stores.database(), Manifest.NO_STATE) : 0);
  }

  private String storeId() {
    Optional<String> id = StoreId.of(stores.database());
    return id.orElseThrow(() -> new IllegalStateException("the store has no id yet"));
  }

  private static List<Manifest.Entry> copyFiles(
      Path state, HostFiles files, Watcher<Damage> watcher) throws IOException {
    watcher.progress(Progress.bytes("Copying the database", 0, 0));
    Path copy = state.resolve(Manifest.DATABASE);
    PrivateFiles.make(copy);
    Databases.copySqlite(files.database(), copy);
    PrivateFiles.sync(copy);
    var entries = new ArrayList<Manifest.Entry>();
    entries.add(PrivateFiles.describe(Manifest.DATABASE, copy));
    for (Path file : PrivateFiles.list(files.tls())) {
      String name = "tls-" + file.getFileName();
      entries.add(PrivateFiles.copy(name, file, state.resolve(name)));
    }
    PrivateFiles.sync(state);
    return entries;
  }

  private SegmentCopies copyBlobs(
      Database known, BackupDirectory directory, Watcher<Damage> watcher) {
    StoreCopy copies = directory.blobs();
    return new SegmentCopies(known, stores.blobs(), copies, "Copying what is stored", watcher)
        .run();
  }
}
