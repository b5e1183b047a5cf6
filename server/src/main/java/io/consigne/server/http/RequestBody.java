package io.consigne.server.http;

import java.io.IOException;
import java.io.InputStream;

/** The body of a request; knows whether anybody looked at it, and tells a client that is gone. */
final class RequestBody extends InputStream {
  private final InputStream source;
  private boolean touched;
  private boolean ended;

  RequestBody(InputStream source) {
    this.source = source;
  }

  /** Whether a read was tried; from then on a waiting client has been told to send. */
  boolean touched() {
    return touched;
  }

  /** Whether everything was read. */
  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    touched = true;
    try {
      int count = source.read(target, offset, length);
      ended = count < 0;
      return count;
    } catch (IOException e) {
      throw new ClientGoneException("sending its request", e);
    }
  }

  @Override
  public int available() throws IOException {
    return source.available();
  }
}
