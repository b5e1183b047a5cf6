package io.consigne.client.transfer;

import io.consigne.client.wire.ChangedFileException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** A local file, of which a stream ends only if it is still what it was: else that end fails. */
record LocalBytes(Path file, long sizeBytes, Instant modified) implements UploadSource.Bytes {
  @Override
  public InputStream open() throws IOException {
    return new Unchanged(Files.newInputStream(file));
  }

  @Override
  public void check() throws IOException {
    var now = Files.readAttributes(file, BasicFileAttributes.class);
    if (now.size() != sizeBytes || !now.lastModifiedTime().toInstant().equals(modified)) {
      throw new ChangedFileException(file.getFileName() + " changed before it was read whole");
    }
  }

  private final class Unchanged extends FilterInputStream {
    Unchanged(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return checked(in.read());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return checked(in.read(buffer, offset, length));
    }

    private int checked(int read) throws IOException {
      if (read < 0) {
        check();
      }
      return read;
    }
  }
}
