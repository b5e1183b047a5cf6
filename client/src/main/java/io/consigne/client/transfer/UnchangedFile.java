package io.consigne.client.transfer;

import io.consigne.client.wire.ChangedFileException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A local file that ends only if it is still what it was: else its end is a failure. */
final class UnchangedFile extends FilterInputStream {
  private final Path file;
  private final BasicFileAttributes before;

  UnchangedFile(Path file, BasicFileAttributes before) throws IOException {
    super(Files.newInputStream(file));
    this.file = file;
    this.before = before;
  }

  @Override
  public int read() throws IOException {
    return compared(in.read());
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return compared(in.read(buffer, offset, length));
  }

  private int compared(int read) throws IOException {
    if (read < 0) {
      var now = Files.readAttributes(file, BasicFileAttributes.class);
      if (now.size() != before.size()
          || !now.lastModifiedTime().equals(before.lastModifiedTime())) {
        throw new ChangedFileException(file.getFileName() + " changed before it was sent whole");
      }
    }
    return read;
  }
}
