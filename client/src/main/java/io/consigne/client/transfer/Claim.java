package io.consigne.client.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to fetch a file: one download at a time has it, in this process and all others.
 *
 * <p>Other processes are kept off by a lock of a file. Within a process that is not enough: on many
 * systems the lock is lost as soon as any handle of the file is closed, also that of a download
 * which did not get it. So the claim is made before the file is opened, and given up after it is
 * closed.
 */
public final class Claim implements AutoCloseable {
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path target;
  private final Path file;
  private final Path claimed;
  private final @Nullable Object before;

  /** The file by its name, once it is locked: to close it sooner would give the lock back. */
  private @Nullable FileChannel second;

  private Claim(Path target, Path file, Path claimed) {
    this.before = key(file);
    this.target = target;
    this.file = file;
    this.claimed = claimed;
  }

  /**
   * Claims a target within this process.
   *
   * @param target that is fetched
   * @param file beside it that will be locked
   * @return the claim, which must be closed
   * @throws IOException if another download has it, or the folder is not there
   */
  public static Claim of(Path target, Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path folder = Optional.ofNullable(whole.getParent()).orElse(whole);
    var claim = new Claim(target, file, folder.toRealPath().resolve(whole.getFileName()));
    if (!CLAIMED.add(claim.claimed)) {
      throw claim.refused();
    }
    return claim;
  }

  /**
   * Keeps other processes off until the file is closed.
   *
   * @param open the file
   * @throws IOException if another download has it
   */
  public void lock(FileChannel open) throws IOException {
    Object opened = key(file);
    try {
      FileLock lock = open.tryLock();
      // Whoever had it may have ended, and removed or renamed the file that was opened; another may
      // have made one of that name since, and have the lock of that.
      boolean same = Objects.equals(opened, key(file)) && (before == null || before.equals(opened));
      if (lock != null && same && isNamed()) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // A folder may take names for the same that differ. Said below.
    }
    throw refused();
  }

  /** Whether the file that is locked has the name: a process has no two locks of one file. */
  private boolean isNamed() throws IOException {
    FileChannel named;
    try {
      named = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return false;
    }
    second = named;
    try {
      FileLock other = named.tryLock();
      if (other != null) {
        other.release();
      }
      return false;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /** What tells a file from others that have its name, one after the other. */
  private static @Nullable Object key(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  private IOException refused() {
    return new IOException("another download of it is under way: " + target);
  }

  @Override
  public void close() {
    try (var _ = second) {
      second = null;
    } catch (IOException e) {
      // It has nothing that could be lost.
    } finally {
      CLAIMED.remove(claimed);
    }
  }
}
