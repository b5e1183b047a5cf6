package io.consigne.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A temporary file for bytes whose number is not known. It goes with the process. */
final class Spool implements AutoCloseable {
  /** What such bytes are called on the command line. */
  static final String FROM = "-";

  private final InputStream in;
  private @Nullable Path file;

  Spool(InputStream in) {
    this.in = in;
  }

  /** The bytes as a file; they are read when it is asked for first. */
  Path file() throws IOException {
    if (file == null) {
      Path fresh = Files.createTempFile("consigne", ".spool");
      fresh.toFile().deleteOnExit();
      file = fresh;
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
