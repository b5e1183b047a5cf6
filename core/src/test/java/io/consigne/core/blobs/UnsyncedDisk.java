package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file system that remembers what was not synced. Its power goes off at a chosen step, in the
 * middle of it; then it can lose what a real one may lose.
 */
public final class UnsyncedDisk implements Disk {
  private final Path removed;
  private final int lastStep;
  private final Map<FileChannel, Written> files = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private int steps;

  /** What is lost with the power. */
  public enum Loss {
    NOTHING,
    /** Bytes that were not synced; files keep their places. */
    BYTES,
    /** Bytes that were not synced; files keep their places and sizes. */
    BYTES_TO_ZEROS,
    /** Bytes, moves and removals that were not synced. */
    BYTES_AND_ENTRIES
  }

  private static final class Written {
    private Path path;
    private long syncedBytes;

    Written(Path path) {
      this.path = path;
    }
  }

  /** A file moved from one place to another, durable once the directory of {@code entry} is. */
  private record Change(Path from, Path to, Path entry) {}

  /**
   * Has power up to the {@code lastStep}th call, which it breaks off.
   *
   * @param removed an empty directory outside the store
   */
  public UnsyncedDisk(Path removed, int lastStep) {
    this.removed = removed;
    this.lastStep = lastStep;
  }

  /** Whether the power went off. */
  public boolean isOff() {
    return steps >= lastStep;
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    step();
    var channel = Disk.REAL.create(file);
    files.put(channel, new Written(file));
    changes.add(new Change(removed.resolve(file.getFileName()), file, file));
    return channel;
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    if (steps + 1 == lastStep) {
      Disk.REAL.write(file, bytes.slice(bytes.position(), bytes.remaining() / 2), position);
    }
    step();
    Disk.REAL.write(file, bytes, position);
  }

  @Override
  public void force(FileChannel file) throws IOException {
    step();
    Objects.requireNonNull(files.get(file)).syncedBytes = file.size();
  }

  @Override
  public void forceData(FileChannel file) throws IOException {
    force(file);
  }

  @Override
  public void cut(Path file, long sizeBytes) throws IOException {
    step();
    Disk.REAL.cut(file, sizeBytes);
    files.values().stream()
        .filter(written -> written.path.equals(file))
        .forEach(written -> written.syncedBytes = Math.min(written.syncedBytes, sizeBytes));
  }

  /** Who renames a file that was created just now does not rely on its first place. */
  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    changes.removeIf(change -> change.to().equals(from));
    move(from, to, to);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    step();
    if (Files.notExists(directory)) {
      Disk.REAL.createDirectory(directory);
      changes.add(new Change(removed.resolve(directory.getFileName()), directory, directory));
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step();
    changes.removeIf(change -> directory.equals(change.entry().getParent()));
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    if (Files.exists(file)) {
      move(file, removed.resolve(file.getFileName()), file);
    }
  }

  /** Makes the files what they are when the power is back. */
  public void lose(Loss loss) throws IOException {
    if (loss == Loss.BYTES_AND_ENTRIES) {
      for (Change change : changes.reversed()) {
        moveFile(change.to(), change.from());
      }
    }
    if (loss == Loss.NOTHING) {
      return;
    }
    for (Written file : files.values()) {
      if (Files.notExists(file.path)) {
        continue;
      }
      try (var channel = FileChannel.open(file.path, StandardOpenOption.WRITE)) {
        long size = channel.size();
        channel.truncate(file.syncedBytes);
        if (loss == Loss.BYTES_TO_ZEROS && size > file.syncedBytes) {
          channel.write(ByteBuffer.allocate(1), size - 1);
        }
      }
    }
  }

  private void step() throws IOException {
    steps++;
    if (isOff()) {
      throw new IOException("the power is off");
    }
  }

  private void move(Path from, Path to, Path entry) throws IOException {
    moveFile(from, to);
    changes.add(new Change(from, to, entry));
  }

  private void moveFile(Path from, Path to) throws IOException {
    Disk.REAL.rename(from, to);
    files.values().stream().filter(file -> file.path.equals(from)).forEach(file -> file.path = to);
  }
}
