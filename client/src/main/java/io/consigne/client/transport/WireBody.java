package io.consigne.client.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body of a request. Its length is known, so nothing is ever sent in chunks. */
public interface WireBody {
  /** No body. */
  WireBody NONE = of("");

  /** {@return how many bytes there are} */
  long lengthBytes();

  /**
   * {@return the bytes from the beginning; may be asked for again}
   *
   * @throws IOException if it cannot be read
   */
  Source open() throws IOException;

  /** Bytes in order. */
  interface Source extends AutoCloseable {
    /**
     * {@return the next bytes; null at the end}
     *
     * @throws IOException if it cannot be read
     */
    @Nullable ByteBuffer next() throws IOException;

    @Override
    void close() throws IOException;
  }

  /**
   * {@return a text as UTF-8}
   *
   * @param text without a byte order mark
   */
  static WireBody of(String text) {
    return new TextBody(text.getBytes(StandardCharsets.UTF_8));
  }
}
