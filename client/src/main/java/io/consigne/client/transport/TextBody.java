package io.consigne.client.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body that is there already. */
final class TextBody implements WireBody {
  private final byte[] bytes;

  TextBody(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long lengthBytes() {
    return bytes.length;
  }

  @Override
  public Source open() {
    return new Source() {
      private boolean given;

      @Override
      public @Nullable ByteBuffer next() {
        if (given) {
          return null;
        }
        given = true;
        return ByteBuffer.wrap(bytes);
      }

      @Override
      public void close() {}
    };
  }
}
