package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The system calls that change a {@link DiskBlobs}, and whose order makes it durable; and the one
 * that finds out whether the medium still has its bytes.
 */
interface Disk {
  /** The file system itself. */
  Disk REAL = new Disk() {};

  /** The bytes that an ordinary user can still write to a file system. */
  default long availableBytes(FileStore store) throws IOException {
    return store.getUsableSpace();
  }

  /** Creates a file for writing; one that exists is a failure. */
  default FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Reads some bytes at {@code position}, and says how many; -1 behind the last one. */
  default int read(FileChannel file, ByteBuffer into, long position) throws IOException {
    return file.read(into, position);
  }

  /** Writes all remaining bytes of {@code bytes} at {@code position}. */
  default void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
  }

  /** Makes a file's bytes and size survive power loss. */
  default void force(FileChannel file) throws IOException {
    file.force(true);
  }

  /** Makes a file's bytes survive power loss, and its size if it grew. */
  default void forceData(FileChannel file) throws IOException {
    file.force(false);
  }

  /** Cuts a file to its first {@code sizeBytes} bytes and makes that survive power loss. */
  default void cut(Path file, long sizeBytes) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(sizeBytes);
      channel.force(true);
    }
  }

  /** Moves a file to a place where none is, at once. */
  default void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Creates a directory; one that exists is no failure. */
  default void createDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
  }

  /** Makes a directory's entries survive power loss. */
  default void forceDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a file; one that is missing is no failure. */
  default void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
