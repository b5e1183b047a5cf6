package io.consigne.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** The rest of a request, below the stream that the container closes with its answer. */
final class UnreadInput extends InputStream implements ApplicationBufferHandler {
  private final Request request;
  private ByteBuffer piece = ByteBuffer.allocate(0);

  UnreadInput(Request request) {
    this.request = request;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!piece.hasRemaining() && request.doRead(this) < 0) {
      return -1;
    }
    int count = Math.min(length, piece.remaining());
    piece.get(target, offset, count);
    return count;
  }

  @Override
  public void setByteBuffer(ByteBuffer buffer) {
    piece = buffer;
  }

  @Override
  public ByteBuffer getByteBuffer() {
    return piece;
  }

  @Override
  public void expand(int size) {
    // The container hands out buffers of its own.
  }
}
