package io.consigne.core.upkeep;

import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoreCopy;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes a host of a backup. Every byte is checked on its way; the database is put in place last.
 * What an interrupted run has copied is not copied again.
 */
public final class Restore {
  private static final String TLS = "tls-";

  private final Path from;
  private final HostFiles to;
  private final Watcher<Damage> watcher;

  /**
   * Restores the backup in {@code from}, which is not changed.
   *
   * @param to files that are missing, or come from an interrupted run; who calls sees to that
   * @param watcher is shown the segments that are not in the backup, or have rotted in it
   */
  public Restore(Path from, HostFiles to, Watcher<Damage> watcher) {
    this.from = from;
    this.to = to;
    this.watcher = watcher;
  }

  /**
   * Restores everything.
   *
   * @param server a database that was restored by its own tools, for a backup that has none; else
   *     null
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if there is no complete
   *     backup, its files are not those that were written, or one is being made
   */
  public BackupReport run(@Nullable Database server) {
    try (LockedFile _ = BackupDirectory.share(from)) {
      Manifest manifest = BackupDirectory.manifest(from);
      manifest.requireDatabase(server);
      return server == null ? withDatabase(manifest) : withServer(manifest, server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BackupReport withDatabase(Manifest manifest) throws IOException {
    Path unfinished = to.directory().resolve("consigne.db.restoring");
    for (Manifest.Entry file : manifest.files()) {
      if (file.name().startsWith(TLS)) {
        PrivateFiles.makeDirectory(to.tls());
        copy(manifest, file, to.tls().resolve(file.name().substring(TLS.length())));
      } else {
        deleteLog(unfinished);
        copy(manifest, file, unfinished);
      }
    }
    BackupReport report;
    try (Database copy = Databases.sqliteCopy(unfinished)) {
      report = copyBlobs(manifest, copy);
    }
    forgetWhatIsPast(unfinished);
    if (Files.exists(to.tls())) {
      PrivateFiles.sync(to.tls());
    }
    Files.move(unfinished, to.database(), StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.sync(to.directory());
    return report;
  }

  private static void forgetWhatIsPast(Path database) throws IOException {
    try (Database restored = Databases.sqlite(database)) {
      PutBack.forgetWhatIsPast(restored);
    }
    if (Files.exists(log(database))) {
      throw new IOException(log(database) + " cannot be copied into the database");
    }
  }

  private static Path log(Path database) {
    return database.resolveSibling(database.getFileName() + "-wal");
  }

  /** What an interrupted run has left of it would be taken for a part of the new copy. */
  private static void deleteLog(Path database) throws IOException {
    Files.deleteIfExists(log(database));
  }

  private void copy(Manifest manifest, Manifest.Entry file, Path target) throws IOException {
    Path source = from.resolve(manifest.state()).resolve(file.name());
    Files.deleteIfExists(target);
    if (!PrivateFiles.copy(file.name(), source, target).equals(file)) {
      throw new Failure.Conflict("The backup is damaged: " + source + " is not what was written")
          .asException();
    }
  }

  private BackupReport withServer(Manifest manifest, Database server) {
    manifest.requireStoreOf(server);
    BackupReport report = copyBlobs(manifest, server);
    PutBack.forgetWhatIsPast(server);
    return report;
  }

  private BackupReport copyBlobs(Manifest manifest, Database known) {
    try (var kept = DiskBlobs.reading(BackupDirectory.blobs(from))) {
      var copies = new StoreCopy(to.blobs());
      StoreId.mark(to.blobs(), manifest.store());
      return new SegmentCopies(known, kept, copies, "Restoring what was stored", watcher)
          .run()
          .report(0);
    }
  }
}
