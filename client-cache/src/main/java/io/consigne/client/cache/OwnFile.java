package io.consigne.client.cache;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Empty files that only their owner reads, where the system has that. */
final class OwnFile {
  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final String PREFIX = "consigne-copy-";

  private OwnFile() {}

  /** Makes one, unless another process has. */
  static void make(Path file) throws IOException {
    try {
      Files.createFile(file, OWNER);
    } catch (UnsupportedOperationException e) {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Another process makes it.
    }
  }

  /** Whether a name is one that {@link #beside} gives, or that of what SQLite keeps with it. */
  static boolean isBeside(String name) {
    return name.matches(PREFIX + "[0-9]+(?:-journal|-wal|-shm)?");
  }

  /** Makes one of any name beside another. */
  static Path beside(Path file) throws IOException {
    Path directory = Objects.requireNonNull(file.getParent());
    try {
      return Files.createTempFile(directory, PREFIX, "", OWNER);
    } catch (UnsupportedOperationException e) {
      return Files.createTempFile(directory, PREFIX, "");
    }
  }
}
