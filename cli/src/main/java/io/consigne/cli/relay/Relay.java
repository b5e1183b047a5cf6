package io.consigne.cli.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy that accepts tunnels to 1fichier.com and the hosts below it on port 443, leads all of
 * them to one other place, and looks at no byte of what goes through. Anything else is refused.
 */
final class Relay implements Closeable {
  private static final int BACKLOG = 256;
  private static final Duration ACCEPT_PAUSE = Duration.ofMillis(10);
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final byte[] OPENED =
      "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(US_ASCII);

  private final ServerSocket server;
  private final HostPort target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;

  private Relay(ServerSocket server, HostPort target) {
    this.server = server;
    this.target = target;
    this.acceptor = Thread.ofVirtual().name("relay").unstarted(this::accept);
  }

  /**
   * Listens, and leads tunnels to the target from now on.
   *
   * @throws IOException if the address cannot be listened on
   */
  static Relay start(HostPort listen, HostPort target) throws IOException {
    var server = new ServerSocket();
    try {
      server.bind(listen.resolve(), BACKLOG);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw new IOException("cannot listen on %s: %s".formatted(listen, e.getMessage()), e);
    }
    var relay = new Relay(server, target);
    relay.acceptor.start();
    return relay;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Waits until somebody closes this relay. */
  void awaitClose() throws InterruptedException {
    acceptor.join();
  }

  /** Stops listening, and cuts the tunnels. */
  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Relay::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().name("relay-client").start(() -> serve(client));
      } catch (IOException _) {
        LockSupport.parkNanos(ACCEPT_PAUSE.toNanos());
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      client.setSoTimeout((int) HEAD_TIMEOUT.toMillis());
      var in = new BufferedInputStream(client.getInputStream());
      answer(client, in);
    } catch (IOException _) {
      closeQuietly(client);
    } finally {
      open.remove(client);
    }
  }

  private void answer(Socket client, InputStream in) throws IOException {
    ProxyRequest request;
    try {
      request = ProxyRequest.read(in);
    } catch (IOException e) {
      refuse(client, "400 Bad Request", "Bad request: " + e.getMessage());
      return;
    }
    if (!request.isForFichier()) {
      refuse(
          client,
          "403 Forbidden",
          "This relay leads to 1fichier.com:443 and the hosts below it, and not to "
              + request.target());
      return;
    }
    client.setSoTimeout(0);
    connect(client, in);
  }

  private void connect(Socket client, InputStream in) throws IOException {
    try (var host = new Socket()) {
      try {
        open.add(host);
        connect(host);
      } catch (IOException e) {
        refuse(
            client,
            "502 Bad Gateway",
            "This relay cannot reach %s: %s".formatted(target, e.getMessage()));
        return;
      }
      client.getOutputStream().write(OPENED);
      new Tunnel(client, in, host).run();
    } finally {
      open.removeIf(Socket::isClosed);
    }
  }

  private void connect(Socket host) throws IOException {
    InetSocketAddress address = target.resolve();
    if (address.isUnresolved()) {
      throw new UnknownHostException("unknown host");
    }
    host.connect(address, (int) CONNECT_TIMEOUT.toMillis());
    host.setTcpNoDelay(true);
  }

  private static void refuse(Socket client, String status, String text) throws IOException {
    client.getOutputStream().write(ProxyRequest.refusal(status, text));
    client.shutdownOutput();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed to this side, whatever the other thinks of it.
    }
  }
}
