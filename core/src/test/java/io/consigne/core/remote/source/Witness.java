package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;

/** Listens where no fetch may come, and knows whether one came. */
final class Witness implements AutoCloseable {
  private final ServerSocket listener;

  Witness(String address) throws IOException {
    this(address, 0);
  }

  /** At this port. */
  Witness(String address, int port) throws IOException {
    listener = new ServerSocket(port, 50, InetAddress.ofLiteral(address));
  }

  int port() {
    return listener.getLocalPort();
  }

  /**
   * Connections queue in the order in which they were made: if ours is the first, there was no
   * other.
   */
  void sawNobody() throws IOException {
    try (var ours = new Socket(Proxy.NO_PROXY)) {
      ours.connect(listener.getLocalSocketAddress());
      try (Socket first = listener.accept()) {
        assertThat(first.getPort()).as("the first that came").isEqualTo(ours.getLocalPort());
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
