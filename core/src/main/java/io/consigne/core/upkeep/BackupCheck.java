package io.consigne.core.upkeep;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredContent;
import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.Databases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a backup from its first byte to its last, and changes nothing: the manifest, the files
 * beside the store by their hashes, the database by its own check, and each content that the
 * database knows by its checksums.
 */
public final class BackupCheck {
  private static final String WHAT = "Reading the backup";

  private final Path path;
  private final Watcher<Damage> watcher;
  private final List<String> faults = new ArrayList<>();
  private long storeFiles;
  private long segments;
  private long bytes;
  private long damaged;
  private long unread;

  /**
   * Looks at the backup in {@code path}.
   *
   * @param watcher is shown the segments that are damaged or missing, or cannot be read
   */
  public BackupCheck(Path path, Watcher<Damage> watcher) {
    this.path = path;
    this.watcher = watcher;
  }

  /**
   * Reads everything once; contents only if their database is sound.
   *
   * @param server a database that says what the store has, for a backup that has none; else null
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if there is no complete
   *     backup, its manifest is damaged, or one is being made
   * @throws UncheckedIOException if the directory cannot be read
   */
  public VerifyReport run(@Nullable Database server) {
    try (LockedFile mark = BackupDirectory.share(path)) {
      Manifest manifest = BackupDirectory.manifest(path);
      manifest.requireDatabase(server);
      checkMark(mark.text(), manifest);
      boolean sound = true;
      for (Manifest.Entry file : manifest.files()) {
        sound &= isRight(manifest, file) || !file.name().equals(Manifest.DATABASE);
      }
      if (server != null) {
        readBlobs(manifest, server);
      } else if (sound) {
        readAll(manifest);
      }
      return new VerifyReport(
          manifest.made(), faults, storeFiles, segments, bytes, damaged, unread);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkMark(String id, Manifest manifest) {
    if (!id.equals(manifest.store())) {
      faults.add("the directory is marked as of the store " + id + ", not " + manifest.store());
    }
  }

  private boolean isRight(Manifest manifest, Manifest.Entry file) {
    Path place = path.resolve(manifest.state()).resolve(file.name());
    watcher.progress(Progress.bytes("Reading " + file.name(), 0, 0));
    try {
      if (PrivateFiles.describe(file.name(), place).equals(file)) {
        return true;
      }
      faults.add(place + " is not what was written");
    } catch (NoSuchFileException e) {
      faults.add(place + " is missing");
    } catch (IOException e) {
      faults.add(place + " cannot be read: " + e.getMessage());
    }
    return false;
  }

  private void readAll(Manifest manifest) {
    Path state = path.resolve(manifest.state());
    try (Database copy = Databases.sqliteCopy(state.resolve(Manifest.DATABASE))) {
      List<String> damage = copy.damage();
      damage.forEach(what -> faults.add("the database is damaged: " + what));
      if (damage.isEmpty()) {
        readBlobs(manifest, copy);
      }
    } catch (DatabaseException e) {
      faults.add("the database cannot be read: " + e.getMessage());
    }
  }

  private void readBlobs(Manifest manifest, Database known) {
    manifest.requireStoreOf(known);
    long total = KnownSegments.bytes(known, "");
    try (Blobs kept = DiskBlobs.reading(BackupDirectory.blobs(path))) {
      var each = new KnownSegments(known, "");
      for (List<Segment> file = each.next(); !file.isEmpty(); file = each.next()) {
        storeFiles++;
        file.forEach(segment -> read(kept, known, segment, total));
      }
    }
  }

  private void read(Blobs kept, Database known, Segment segment, long total) {
    Predicate<ByteBuffer> taker =
        piece -> {
          watcher.progress(Progress.bytes(WHAT, bytes, total));
          return true;
        };
    try {
      var _ = new StoredContent(kept).read(List.of(segment), taker);
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.Rotten(String where)) {
        describe(known, segment, where).ifPresent(this::damaged);
      } else {
        describe(known, segment, e.failure().message()).ifPresent(this::unread);
      }
    } catch (UncheckedIOException e) {
      describe(known, segment, String.valueOf(e.getCause())).ifPresent(this::unread);
    }
    segments++;
    bytes += segment.length();
  }

  /** Empty if the database, which may be in use, has no need of the segment any more. */
  private static Optional<Damage> describe(Database known, Segment segment, String what) {
    return known.read(sql -> DamageList.describe(sql, segment, what, Instant.EPOCH));
  }

  private void damaged(Damage damage) {
    damaged++;
    watcher.found(damage);
  }

  private void unread(Damage damage) {
    unread++;
    watcher.found(damage.asUnread());
  }
}
