package io.consigne.core.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** {@link DiskBlobs} serves no damage. */
class DiskRotTest extends RotContract {
  @TempDir Path directory;

  @Override
  Blobs open() {
    return new DiskBlobs(directory, new Random(1));
  }

  @Override
  byte[] bytes(String storeFile) {
    try {
      return Files.readAllBytes(path(storeFile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void replace(String storeFile, byte[] bytes) {
    try {
      Files.write(path(storeFile), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(String storeFile) {
    return directory.resolve(storeFile.substring(0, 2)).resolve(storeFile);
  }
}
