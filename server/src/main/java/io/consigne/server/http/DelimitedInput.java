package io.consigne.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is cut into pieces at a delimiter, seen through one buffer. A delimiter is the line
 * {@code --boundary} with the line end before it; the line end before the body is imagined.
 */
final class DelimitedInput {
  private static final Needle HEADERS_END = new Needle("\r\n\r\n");

  private final InputStream in;
  private final byte[] buffer;
  private final ByteBuffer view;
  private final Needle delimiter;

  /** Octets that must be seen to know a delimiter: itself and the two behind it. */
  private final int decidable;

  private int from;
  private int to;

  DelimitedInput(InputStream in, Boundary boundary, byte[] buffer) {
    this.in = in;
    this.buffer = buffer;
    this.view = ByteBuffer.wrap(buffer);
    this.delimiter = new Needle("\r\n--" + boundary.text());
    this.decidable = delimiter.length() + 2;
    buffer[0] = '\r';
    buffer[1] = '\n';
    to = 2;
  }

  /**
   * The next octets before the delimiter, as a slice of the buffer that holds until the next call;
   * null when the delimiter is reached, which is then passed.
   */
  @Nullable ByteBuffer next() throws IOException {
    while (true) {
      int match = delimiterFrom(from);
      if (match == from && to - from >= decidable) {
        from += delimiter.length();
        return null;
      }
      int end = match >= 0 ? match : to - decidable + 1;
      if (end > from) {
        ByteBuffer slice = view.slice(from, end - from);
        from = end;
        return slice;
      }
      fill();
    }
  }

  /** Whether the delimiter just passed is the closing one, which two dashes follow. */
  boolean atClosing() {
    return buffer[from] == '-';
  }

  /**
   * The rest of the delimiter's line and the header lines behind it, up to an empty line.
   *
   * @return a slice of the buffer that holds until the next call
   */
  ByteBuffer headers(int limitBytes) throws IOException {
    while (true) {
      int seen = Math.min(to, from + limitBytes + HEADERS_END.length());
      int end = HEADERS_END.find(buffer, from, seen);
      if (end >= 0) {
        ByteBuffer headers = view.slice(from, end - from);
        from = end + 2;
        return headers;
      }
      if (seen < to || to - from == buffer.length) {
        throw new OversizedBody("The headers of a part are larger than " + limitBytes + " bytes");
      }
      fill();
    }
  }

  /** Passes the empty line behind headers, unless it already belongs to a delimiter. */
  void startOfContent() throws IOException {
    while (to - from < decidable) {
      fill();
    }
    if (delimiterFrom(from) != from) {
      from += 2;
    }
  }

  /** Where a delimiter begins, or may begin that is not whole yet behind its boundary; or -1. */
  private int delimiterFrom(int start) {
    int match = delimiter.find(buffer, start, to);
    while (match >= 0 && match + decidable <= to && !endsLine(match + delimiter.length())) {
      match = delimiter.find(buffer, match + 1, to);
    }
    return match;
  }

  private boolean endsLine(int at) {
    byte first = buffer[at];
    byte second = buffer[at + 1];
    return first == ' '
        || first == '\t'
        || (first == '\r' && second == '\n')
        || (first == '-' && second == '-');
  }

  /** Moves what is left to the front and reads until the buffer is full or the stream ends. */
  private void fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    int read = in.readNBytes(buffer, to, buffer.length - to);
    if (read == 0) {
      throw new TruncatedBody("The body ended before its closing boundary");
    }
    to += read;
  }
}
