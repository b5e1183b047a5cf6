package io.consigne.core.remote.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Reads the head of an answer to its end. The library takes what came before a connection broke for
 * all of it, and so a file of unknown length for an empty one.
 */
final class WholeHead extends DefaultHttpResponseParser {
  WholeHead(Http1Config bounds) {
    super(bounds);
  }

  @Override
  public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream wire)
      throws IOException, HttpException {
    return super.parse(buffer, new Endless(wire));
  }

  private static final class Endless extends FilterInputStream {
    Endless(InputStream wire) {
      super(wire);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      if (count < 0) {
        throw new ConnectionClosedException();
      }
      return count;
    }
  }
}
