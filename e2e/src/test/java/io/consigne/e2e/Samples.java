package io.consigne.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;

/** Files with bytes that can be made again from a seed. */
final class Samples {
  private Samples() {}

  /** Writes {@code size} bytes drawn from {@code seed}. */
  static Path file(Path path, long size, long seed) {
    try {
      Files.createDirectories(folder(path));
      var random = new Random(seed);
      byte[] block = new byte[1 << 16];
      try (OutputStream out = Files.newOutputStream(path)) {
        for (long left = size; left > 0; left -= block.length) {
          random.nextBytes(block);
          out.write(block, 0, (int) Math.min(left, block.length));
        }
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder that a file is in. */
  static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  /** A small tree with names that clients find hard. */
  static Path tree(Path root) {
    file(root.resolve("one.txt"), 12, 1);
    file(root.resolve("deep/er/two words.bin"), 100_000, 2);
    file(root.resolve("deep/percent%20plus+.txt"), 70_000, 3);
    file(root.resolve("deep/été – 日本語 🎬.mkv"), 300_000, 4);
    file(root.resolve("deep/'quotes' & \"more\".txt"), 1, 5);
    return root;
  }
}
