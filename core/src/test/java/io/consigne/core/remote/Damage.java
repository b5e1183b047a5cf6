package io.consigne.core.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a bad disk does. */
final class Damage {
  private Damage() {}

  /** Flips a bit in the middle of the only file of a directory. */
  static void flipOneBit(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      Path file = entries.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
  }
}
