package io.consigne.client.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body of a request. Its length is known, so nothing is ever sent in chunks. */
public interface WireBody {
  /** No body. */
  WireBody NONE = of("");

  /** How many bytes there are. */
  long lengthBytes();

  /** The bytes from the beginning; may be asked for again. */
  Source open() throws IOException;

  /** Bytes in order. */
  interface Source extends AutoCloseable {
    /** The next bytes; null at the end. */
    @Nullable ByteBuffer next() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A text as UTF-8. */
  static WireBody of(String text) {
    return new TextBody(text.getBytes(StandardCharsets.UTF_8));
  }
}
