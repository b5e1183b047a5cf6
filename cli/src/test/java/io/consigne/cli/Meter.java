package io.consigne.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A slow line to a host, on loopback, that counts what goes over it. */
final class Meter implements AutoCloseable {
  private static final int PIECE_BYTES = 64 * 1024;
  private static final int BUFFER_BYTES = 256 * 1024;

  private final ServerSocket socket;
  private final URI host;
  private final long bytesPerSecond;
  private final AtomicLong up = new AtomicLong();
  private final AtomicLong down = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Meter(String host, long bytesPerSecond) throws IOException {
    this.host = URI.create(host);
    this.bytesPerSecond = bytesPerSecond;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setReceiveBufferSize(BUFFER_BYTES);
    threads.execute(this::accept);
  }

  /** The host's address over this line. */
  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Bytes to the host so far, those of requests included. */
  long up() {
    return up.get();
  }

  /** Bytes from the host so far. */
  long down() {
    return down.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        var server = new Socket();
        server.setReceiveBufferSize(BUFFER_BYTES);
        server.connect(new InetSocketAddress(host.getHost(), host.getPort()));
        threads.execute(() -> carry(client, server, up));
        threads.execute(() -> carry(server, client, down));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Until one end closes; then both are closed. */
  private void carry(Socket from, Socket to, AtomicLong counted) {
    var piece = new byte[PIECE_BYTES];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        counted.addAndGet(read);
        LockSupport.parkNanos(read * 1_000_000_000L / bytesPerSecond);
        out.write(piece, 0, read);
      }
    } catch (IOException e) {
      // One of both went away.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
