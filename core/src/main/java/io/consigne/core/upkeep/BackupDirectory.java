package io.consigne.core.upkeep;

import io.consigne.core.blobs.StoreCopy;
import io.consigne.core.db.Database;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of backups, locked for one process: {@code consigne-backup} with the id of the store,
 * {@code manifest}, {@code blobs/}, and {@code state-…/} with the other files.
 */
final class BackupDirectory implements AutoCloseable {
  private static final String MARK = "consigne-backup";
  private static final String MANIFEST = "manifest";
  private static final String BLOBS = "blobs";
  private static final String STATE = "state-";
  private static final int BATCH = 256;
  private static final Logger LOG = LoggerFactory.getLogger(BackupDirectory.class);

  private final Path path;
  private final LockedFile mark;
  private final StoreCopy blobs;

  private BackupDirectory(Path path, LockedFile mark) {
    this.path = path;
    this.mark = mark;
    this.blobs = new StoreCopy(path.resolve(BLOBS));
  }

  /**
   * Opens a directory that is empty, or has backups of this store, and is not within the host's
   * own; makes one that is missing.
   */
  static BackupDirectory open(Path path, String store, HostFiles host) throws IOException {
    if (real(path).startsWith(real(host.directory()))) {
      throw new Failure.Conflict(
              path + " is in the host's own directory: choose one that is outside")
          .asException();
    }
    if (!Files.exists(path.resolve(MARK)) && !PrivateFiles.list(path).isEmpty()) {
      throw new Failure.Conflict(
              "There is something else in " + path + ": choose another directory")
          .asException();
    }
    PrivateFiles.makeDirectory(path);
    LockedFile mark = LockedFile.exclusive(path.resolve(MARK)).orElseThrow(() -> refusal(path));
    try {
      tie(mark, store, path);
      PrivateFiles.makeDirectory(path.resolve(BLOBS));
      return new BackupDirectory(path, mark);
    } catch (IOException | RuntimeException e) {
      mark.close();
      throw e;
    }
  }

  /** Where a path leads that may be missing. */
  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    return parent == null || Files.exists(absolute)
        ? absolute.toRealPath()
        : real(parent).resolve(absolute.getFileName()).normalize();
  }

  /**
   * Keeps backups from being made in a directory while what this returns is open: its mark, which
   * has the id of the store that the directory has backups of.
   */
  static LockedFile share(Path path) throws IOException {
    try {
      return LockedFile.shared(path.resolve(MARK)).orElseThrow(() -> refusal(path));
    } catch (NoSuchFileException e) {
      throw new Failure.Conflict("There is no backup in " + path).asException();
    }
  }

  private static FailureException refusal(Path path) {
    return new Failure.Conflict(path + " is used by another backup, restore or check")
        .asException();
  }

  private static void tie(LockedFile mark, String store, Path path) throws IOException {
    String known = mark.text();
    if (known.isEmpty()) {
      mark.write(store);
    } else if (!known.equals(store)) {
      throw new Failure.Conflict(path + " has backups of another host, of the store " + known)
          .asException();
    }
  }

  /**
   * The manifest of the complete backup in a directory.
   *
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if there is none
   */
  static Manifest manifest(Path path) throws IOException {
    try {
      return Manifest.parse(Files.readString(path.resolve(MANIFEST), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new Failure.Conflict(
              Files.exists(path.resolve(MARK))
                  ? "The backup in " + path + " was never completed"
                  : "There is no backup in " + path)
          .asException();
    }
  }

  /** Where the store files of a backup are. */
  static Path blobs(Path path) {
    return path.resolve(BLOBS);
  }

  Path path() {
    return path;
  }

  StoreCopy blobs() {
    return blobs;
  }

  /** Refuses to replace a backup that has a database. */
  void requireNoDatabase() throws IOException {
    if (Files.exists(path.resolve(MANIFEST)) && manifest(path).database().isPresent()) {
      throw new Failure.Conflict(
              path
                  + " has a backup with its database: choose another directory for the store alone")
          .asException();
    }
  }

  /**
   * Makes an empty directory for the other files of a new backup, and returns its name. Those of
   * backups that were not completed are removed, or each try on a full disk would leave one more.
   */
  String beginState(Instant now) throws IOException {
    Optional<String> complete = completeState();
    if (complete.isPresent()) {
      removeOtherStates(complete.get());
    }
    long number = now.toEpochMilli();
    while (Files.exists(path.resolve(STATE + number))) {
      number++;
    }
    PrivateFiles.makeDirectory(path.resolve(STATE + number));
    return STATE + number;
  }

  /** Removes the state of a backup that comes to nothing, as far as that can be done. */
  void giveUp(String state) {
    try {
      PrivateFiles.remove(path.resolve(state));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} stays until the next backup", path.resolve(state), e);
    }
  }

  /** Makes what was copied the backup that counts. */
  void complete(Manifest manifest) throws IOException {
    PrivateFiles.sync(path.resolve(BLOBS));
    Path made = path.resolve(MANIFEST + ".new");
    Files.deleteIfExists(made);
    PrivateFiles.make(made);
    Files.writeString(made, manifest.text(), StandardCharsets.UTF_8);
    PrivateFiles.sync(made);
    PrivateFiles.sync(path);
    Files.move(made, path.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.sync(path);
  }

  /**
   * Removes the states before this one, and the store files that the database does not know.
   *
   * @return how many store files were removed
   */
  long prune(Database known, String state) throws IOException {
    removeOtherStates(state);
    var unneeded = new Unneeded(known);
    blobs.kept().forEach((name, size) -> unneeded.take(name));
    unneeded.flush();
    unneeded.names.forEach(blobs.kept()::delete);
    return unneeded.names.size();
  }

  /** The state of the complete backup, if there is one; empty if the manifest is damaged. */
  private Optional<String> completeState() throws IOException {
    try {
      return Optional.of(
          Files.exists(path.resolve(MANIFEST)) ? manifest(path).state() : Manifest.NO_STATE);
    } catch (FailureException damaged) {
      return Optional.empty();
    }
  }

  private void removeOtherStates(String state) throws IOException {
    for (Path entry : PrivateFiles.list(path)) {
      String name = entry.getFileName().toString();
      if (name.startsWith(STATE) && !name.equals(state)) {
        PrivateFiles.remove(entry);
      }
    }
  }

  @Override
  public void close() throws IOException {
    mark.close();
  }

  /** Sorts out the store files of which the database has no segment. */
  private static final class Unneeded {
    private final Database database;
    private final List<String> batch = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Unneeded(Database database) {
      this.database = database;
    }

    void take(String name) {
      batch.add(name);
      if (batch.size() == BATCH) {
        flush();
      }
    }

    void flush() {
      names.addAll(
          database.<List<String>>read(sql ->
              batch.stream()
                  .filter(name ->
                      sql.first(
                              "SELECT 1 AS one FROM content_segments WHERE store_file = ?",
                              row -> row.number("one"),
                              name)
                          .isEmpty())
                  .toList()));
      batch.clear();
    }
  }
}
