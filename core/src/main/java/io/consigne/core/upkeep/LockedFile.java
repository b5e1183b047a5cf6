package io.consigne.core.upkeep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is locked while this is open: other processes, and other places in this one, are
 * refused it.
 *
 * <p>A process loses its lock as soon as it closes any descriptor of the file. So nothing opens the
 * file beside the holder, who reads and writes it here, and a second holder of this process is
 * turned away before the file is opened.
 */
public final class LockedFile implements AutoCloseable {
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private final Object id;
  private final FileChannel channel;

  private LockedFile(Object id, FileChannel channel) {
    this.id = id;
    this.channel = channel;
  }

  /**
   * Locks a file for one holder; makes it, for this user alone, if it is missing. Empty if it is
   * locked already.
   */
  public static Optional<LockedFile> exclusive(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        PrivateFiles.make(file);
      } catch (FileAlreadyExistsException e) {
        // Another was faster.
      }
    }
    return locked(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE), false);
  }

  /**
   * Locks a file against those who want it alone; other processes may share it. Empty if one has it
   * alone, or this process shares it already.
   *
   * @throws java.nio.file.NoSuchFileException if the file is missing
   */
  static Optional<LockedFile> shared(Path file) throws IOException {
    return locked(file, Set.of(StandardOpenOption.READ), true);
  }

  private static Optional<LockedFile> locked(
      Path file, Set<StandardOpenOption> options, boolean shared) throws IOException {
    Object id =
        Objects.requireNonNull(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    if (!HELD.add(id)) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      FileChannel channel = FileChannel.open(file, options);
      taken = tryLock(channel, shared);
      return taken ? Optional.of(new LockedFile(id, channel)) : Optional.empty();
    } finally {
      if (!taken) {
        HELD.remove(id);
      }
    }
  }

  private static boolean tryLock(FileChannel channel, boolean shared) throws IOException {
    boolean taken = false;
    try {
      taken = channel.tryLock(0, Long.MAX_VALUE, shared) != null;
      return taken;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  /** What the file says, without blanks around it. */
  String text() throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
    return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString().strip();
  }

  /** Makes this line the first one, durably. */
  void write(String line) throws IOException {
    ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(line + "\n");
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(id);
    }
  }
}
