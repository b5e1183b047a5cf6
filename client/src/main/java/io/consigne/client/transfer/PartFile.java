package io.consigne.client.transfer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A download that is not whole: {@code NAME.part} with the bytes, and {@code NAME.part.state},
 * which says what is there already. One process at a time has it.
 *
 * <p>The state is text: a line that names file, size, checksum and range length, then for each
 * range how many of its bytes are written, with as many digits always, so that one write replaces
 * it. It never claims a byte before it is written. It is made before the part and removed after it,
 * so that a part without one is somebody else's.
 */
final class PartFile implements AutoCloseable {
  private static final long LONGEST_STATE = 64L << 20;

  private final Path part;
  private final Path stateFile;
  private final DownloadSource source;
  private final Ranges ranges;

  /** No channel: an interrupt of a thread that writes would close that for all. */
  private final RandomAccessFile state;

  private final FileChannel bytes;
  private final ReentrantLock writing = new ReentrantLock();

  /** The names are others' from then on. */
  private boolean ended;

  /**
   * Opens what is left of an earlier try, or begins.
   *
   * @param claim of the target, by {@link #claim}
   * @throws FileAlreadyExistsException if either name is that of a file that no download has made
   * @throws IOException if another download of it is under way
   */
  PartFile(Claim claim, Path target, DownloadSource source, long rangeBytes) throws IOException {
    this.part = Unfinished.part(target);
    this.stateFile = stateFile(target);
    this.source = source;
    refuseOthers();
    this.state = Unfinished.open(stateFile);
    FileChannel opened = null;
    try {
      claim.lock(state.getChannel());
      String text = readState();
      refuseOthers(text);
      Optional<Ranges> known = Ranges.parse(text, source).filter(this::isThere);
      if (known.isEmpty()) {
        Files.deleteIfExists(part);
      }
      opened =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      this.bytes = opened;
      this.ranges = known.orElseGet(() -> Ranges.fresh(source, rangeBytes));
      if (known.isEmpty()) {
        begin();
      }
    } catch (IOException | RuntimeException e) {
      try (state;
          var _ = opened) {
        throw e;
      }
    }
  }

  /** A power cut must not leave bytes, and no word of whose they are. */
  private void begin() throws IOException {
    try {
      writeState();
      state.getFD().sync();
    } catch (IOException e) {
      discard();
      throw e;
    }
  }

  /** With the name of the file, and why apart from it. */
  private static FileSystemException failed(Path file, IOException e) {
    var failed = new FileSystemException(file.toString(), null, e.getMessage());
    failed.initCause(e);
    return failed;
  }

  private static Path stateFile(Path target) {
    return Unfinished.state(target);
  }

  /** Claims a target; to be closed after the part. */
  static Claim claim(Path target) throws IOException {
    return Claim.of(target, stateFile(target));
  }

  /** Before anything is made: a part without a state, or a state that is no file. */
  private void refuseOthers() throws IOException {
    if (Files.exists(stateFile, LinkOption.NOFOLLOW_LINKS)) {
      Unfinished.require(stateFile);
      Unfinished.require(part);
    } else {
      Unfinished.refuse(part, Files.exists(part, LinkOption.NOFOLLOW_LINKS));
    }
  }

  /** A try that ended before it wrote its state left both empty. */
  private void refuseOthers(String text) throws IOException {
    Unfinished.refuse(stateFile, !text.isEmpty() && !text.startsWith(Ranges.HEAD));
    if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
      Unfinished.require(part);
      Unfinished.refuse(part, text.isEmpty() && Files.size(part) > 0);
    }
  }

  /** By the file that is locked: closing another one of it would give the lock back. */
  private String readState() throws IOException {
    var text = new byte[(int) Math.min(state.length(), LONGEST_STATE)];
    state.readFully(text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** A state without its bytes is worth nothing. */
  private boolean isThere(Ranges known) {
    try {
      return Files.size(part) >= known.reach();
    } catch (IOException e) {
      return false;
    }
  }

  Ranges ranges() {
    return ranges;
  }

  /**
   * Writes bytes where they belong.
   *
   * @throws FileSystemException if the disk does not take them
   */
  void write(byte[] buffer, int length, long position) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(buffer, 0, length);
    long at = position;
    try {
      while (left.hasRemaining()) {
        at += bytes.write(left, at);
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw failed(part, e);
    }
  }

  /** Remembers that so many bytes of a range are written. */
  void done(int range, long bytesOfRange) throws IOException {
    writing.lock();
    try {
      if (source.checksums().isEmpty()) {
        bytes.force(false);
      }
      ranges.done(range, bytesOfRange);
      writeState();
    } finally {
      writing.unlock();
    }
  }

  private void writeState() throws IOException {
    byte[] text = ranges.text(source).getBytes(StandardCharsets.US_ASCII);
    try {
      state.seek(0);
      state.write(text);
      state.setLength(text.length);
    } catch (IOException e) {
      throw failed(stateFile, e);
    }
  }

  /** Forgets all bytes. */
  void startOver() throws IOException {
    for (int range = 0; range < ranges.count(); range++) {
      ranges.done(range, 0);
    }
    writeState();
    bytes.truncate(0);
  }

  /** Whether the bytes are those that the host says. */
  boolean isRight() throws IOException {
    return Files.size(part) == source.sizeBytes()
        && Digests.match(() -> Files.newInputStream(part), source.checksums());
  }

  /**
   * Gives the file its name. Bytes and name are on disk before the state is removed.
   *
   * @throws FileAlreadyExistsException if there is one, and it is not to be replaced
   */
  void finish(Path target, boolean replace) throws IOException {
    if (source.modified() != null) {
      Files.setLastModifiedTime(part, FileTime.from(source.modified()));
    }
    bytes.force(true);
    if (replace) {
      WholeFile.replace(part, target);
    } else {
      WholeFile.name(part, target);
    }
    ended = true;
    Files.delete(stateFile);
  }

  /** Removes all of it. */
  void discard() throws IOException {
    ended = true;
    Files.deleteIfExists(part);
    Files.deleteIfExists(stateFile);
  }

  /** Removes it if it has no bytes: nobody would go on with that, as where the host refused. */
  @Override
  public void close() throws IOException {
    try (state;
        bytes) {
      if (!ended && ranges.doneBytes() == 0) {
        discard();
      }
    }
  }
}
