package io.consigne.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A temporary file for bytes whose number is not known. It goes with the process. */
final class Spool implements AutoCloseable {
  private @Nullable Path file;

  /** The bytes as a file. */
  Path fill(InputStream in) throws IOException {
    Path fresh = Files.createTempFile("consigne", ".spool");
    fresh.toFile().deleteOnExit();
    file = fresh;
    Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
    return fresh;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
