package io.consigne.core.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A line in a file of its own beside the store files, replaced as a whole and durably. */
record StoreNote(Path directory, String name) {
  /** The line; empty if there is no such file. */
  Optional<String> read() {
    try {
      return Optional.of(Files.readString(file(), StandardCharsets.US_ASCII).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String line) {
    Path made = directory.resolve(name + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              made,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        Disk.REAL.write(
            channel, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        Disk.REAL.force(channel);
      }
      Files.move(made, file(), StandardCopyOption.ATOMIC_MOVE);
      Disk.REAL.forceDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return directory.resolve(name);
  }
}
