package io.consigne.core.remote.source;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket that connects only where it may, whoever asks it to, and never through a proxy; and that
 * waits only as long as the patience lasts, for whatever is spoken over it: also for a peer that
 * takes nothing.
 */
final class GuardedSocket extends Socket {
  private final Rule rule;
  private final Patience patience;
  private final long maxBytes;
  private int sessionPort;
  private volatile boolean over;

  /** Where a socket may connect to. */
  @FunctionalInterface
  interface Rule {
    /**
     * Passes an address that was looked up.
     *
     * @throws SourceException {@code FORBIDDEN}
     */
    void check(InetSocketAddress address) throws SourceException;
  }

  /** {@code maxBytes} is how much may be read from it. */
  GuardedSocket(Rule rule, Patience patience, long maxBytes) {
    super(Proxy.NO_PROXY);
    this.rule = rule;
    this.patience = patience;
    this.maxBytes = maxBytes;
  }

  @Override
  public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
    if (!(endpoint instanceof InetSocketAddress address) || address.isUnresolved()) {
      throw new SourceException(Reason.FORBIDDEN, "Not an address");
    }
    rule.check(address);
    super.connect(address, timeoutMillis);
  }

  /** FTP servers want one TLS session for both connections, and Java finds it by host and port. */
  void shareSession(Socket other) {
    sessionPort = other.getPort();
  }

  /** The port as TLS sees it. */
  @Override
  public int getPort() {
    return sessionPort == 0 ? super.getPort() : sessionPort;
  }

  /** Whether its peer was found to have ended the connection, whatever was said before. */
  boolean isOver() {
    return over;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new PatientInput(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new PatientOutput(super.getOutputStream());
  }

  private final class PatientInput extends FilterInputStream {
    private long bytes;

    PatientInput(InputStream wire) {
      super(wire);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      setSoTimeout(patience.millisLeft());
      try {
        int count = in.read(buffer, offset, length);
        over = count < 0;
        bytes += Math.max(0, count);
        if (bytes > maxBytes) {
          throw new SourceException(Reason.NONSENSE, "The source talks without end");
        }
        return count;
      } catch (SocketTimeoutException _) {
        throw patience.stalled();
      }
    }
  }

  /** Java has no timeout for writing, so that a thread beside it closes the socket. */
  private final class PatientOutput extends FilterOutputStream {
    PatientOutput(OutputStream wire) {
      super(wire);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      Duration left = Duration.ofMillis(patience.millisLeft());
      Thread watch = Thread.ofVirtual().start(() -> closeAfter(left));
      try {
        out.write(buffer, offset, length);
      } catch (IOException e) {
        patience.millisLeft();
        throw e;
      } finally {
        watch.interrupt();
      }
    }
  }

  private void closeAfter(Duration time) {
    try {
      Thread.sleep(time);
      close();
    } catch (InterruptedException _) {
      // It was taken in time.
    } catch (IOException _) {
      // It is gone all the same.
    }
  }
}
