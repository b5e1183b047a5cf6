package io.consigne.core.remote.source;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ConnectionClosedException;

/**
 * The bytes of a file, held to the length that was named, to the size that is allowed, and to time.
 */
final class FileBody extends InputStream {
  private final Line line;
  private final InputStream wire;
  private final Extent extent;
  private final Ending ending;
  private long position;
  private boolean ended;

  /**
   * Which bytes come.
   *
   * @param offset of the first one in the file
   * @param length of the whole file, if the source named it
   * @param maxBytes how long the whole file may be
   */
  record Extent(long offset, OptionalLong length, long maxBytes) {}

  /** What is to be heard after the last byte. */
  @FunctionalInterface
  interface Ending {
    void hear() throws IOException;
  }

  FileBody(Line line, InputStream wire, Extent extent, Ending ending) throws SourceException {
    this.line = line;
    this.wire = wire;
    this.extent = extent;
    this.ending = ending;
    this.position = extent.offset();
    if (extent.length().orElse(0) > extent.maxBytes()) {
      throw tooLarge();
    }
    line.patience().file();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Reads a little more than is left, to see whether the source goes on. */
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0 || ended) {
      return length == 0 ? 0 : -1;
    }
    long left = Math.min(extent.maxBytes(), extent.length().orElse(Long.MAX_VALUE)) - position;
    int count = receive(buffer, offset, left < length ? (int) left + 1 : length);
    if (count > left) {
      throw extent.length().isPresent() ? longer() : tooLarge();
    }
    if (count < 0) {
      end();
    }
    position += Math.max(0, count);
    return count;
  }

  private int receive(byte[] buffer, int offset, int length) throws SourceException {
    line.patience().resume();
    int count = 0;
    try {
      count = wire.read(buffer, offset, length);
    } catch (ConnectionClosedException e) {
      if (extent.length().isEmpty() || line.isClosed()) {
        throw failure(e);
      }
      return -1;
    } catch (IOException e) {
      throw failure(e);
    } finally {
      line.patience().pause(Math.max(0, count));
    }
    return count;
  }

  private void end() throws SourceException {
    if (extent.length().isPresent() && position != extent.length().getAsLong()) {
      throw new SourceException(
          Reason.BROKEN,
          "The source ended after " + position + " of " + extent.length().getAsLong() + " bytes");
    }
    line.patience().answer();
    try {
      ending.hear();
    } catch (IOException e) {
      throw failure(e);
    }
    ended = true;
  }

  private SourceException failure(IOException fault) {
    return line.isClosed() ? Trouble.stopped() : Trouble.inFile(fault);
  }

  private SourceException tooLarge() {
    return new SourceException(
        Reason.TOO_LARGE, "The file is longer than " + extent.maxBytes() + " bytes");
  }

  private SourceException longer() {
    return new SourceException(
        Reason.BROKEN,
        "The source sends more than the " + extent.length().getAsLong() + " bytes that it named");
  }

  @Override
  public void close() {
    line.close();
  }
}
