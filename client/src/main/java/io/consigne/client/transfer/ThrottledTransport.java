package io.consigne.client.transfer;

import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireBody;
import io.consigne.client.transport.WireRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Slows down the bodies of requests and answers. */
public final class ThrottledTransport implements Transport {
  private final Transport inner;
  private final Throttle throttle;

  /**
   * Closes {@code inner} when it is closed.
   *
   * @param inner moves the bytes
   * @param throttle that other transports may share
   */
  public ThrottledTransport(Transport inner, Throttle throttle) {
    this.inner = inner;
    this.throttle = throttle;
  }

  @Override
  public WireAnswer send(WireRequest request) throws IOException {
    WireBody body = request.body();
    WireAnswer answer =
        inner.send(
            body.lengthBytes() == 0
                ? request
                : new WireRequest(
                    request.method(), request.uri(), request.headers(), new SlowBody(body)));
    return new WireAnswer(answer.status(), answer.headers(), new SlowStream(answer.body()));
  }

  @Override
  public void close() {
    inner.close();
  }

  private final class SlowBody implements WireBody {
    private final WireBody body;

    SlowBody(WireBody body) {
      this.body = body;
    }

    @Override
    public long lengthBytes() {
      return body.lengthBytes();
    }

    @Override
    public Source open() throws IOException {
      return new SlowSource(body.open());
    }
  }

  private final class SlowSource implements WireBody.Source {
    private final WireBody.Source source;
    private @Nullable ByteBuffer rest;

    SlowSource(WireBody.Source source) {
      this.source = source;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
      ByteBuffer open = rest == null || !rest.hasRemaining() ? source.next() : rest;
      rest = open;
      if (open == null) {
        return null;
      }
      int length = Math.min(open.remaining(), throttle.pieceBytes());
      throttle.pass(length);
      ByteBuffer piece = open.slice(open.position(), length);
      open.position(open.position() + length);
      return piece;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  private final class SlowStream extends FilterInputStream {
    SlowStream(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, Math.min(length, throttle.pieceBytes()));
      if (read > 0) {
        throttle.pass(read);
      }
      return read;
    }

    /** Reads what is skipped: it comes over the line like the rest. */
    @Override
    public long skip(long bytes) throws IOException {
      var piece = new byte[Math.clamp(bytes, 0, throttle.pieceBytes())];
      return Math.max(0, read(piece, 0, piece.length));
    }
  }
}
