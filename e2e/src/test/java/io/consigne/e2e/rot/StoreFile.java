package io.consigne.e2e.rot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A store file of a running host, to be damaged and put in order again. */
final class StoreFile {
  private final Path path;
  private final byte[] sound;

  /** Remembers what it has now. */
  StoreFile(Path path) {
    this.path = path;
    this.sound = bytes(path);
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return path.getFileName().toString();
  }

  /** Flips one bit. */
  void flip(long position, int bit) {
    change(file -> {
      file.seek(position);
      int old = file.read();
      file.seek(position);
      file.write(old ^ (1 << bit));
    });
  }

  /** Cuts off its end. */
  void truncate(long size) {
    change(file -> file.setLength(size));
  }

  void delete() {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it what it was. */
  void restore() {
    change(file -> file.write(sound));
  }

  private void change(Change change) {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      change.apply(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is done to the file. */
  @FunctionalInterface
  private interface Change {
    void apply(RandomAccessFile file) throws IOException;
  }
}
