package io.consigne.server.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Sees each event of each connection before the container does: bounds the time that the headers of
 * a request may take in all, however steadily they drip, and knows the connection of the running
 * request.
 */
final class Sockets implements AbstractEndpoint.Handler<NioChannel> {
  /** The connection whose request the current thread answers. */
  static final ScopedValue<SocketWrapperBase<NioChannel>> CURRENT = ScopedValue.newInstance();

  private final AbstractEndpoint.Handler<NioChannel> container;
  private final HttpLimits limits;
  private final ConnectionPlaces places;
  private final Handshakes handshakes;
  private final Map<SocketWrapperBase<NioChannel>, Long> incomplete = new ConcurrentHashMap<>();
  private final Map<SocketWrapperBase<NioChannel>, Boolean> running = new ConcurrentHashMap<>();

  Sockets(
      AbstractEndpoint.Handler<NioChannel> container,
      HttpLimits limits,
      ConnectionPlaces places,
      Handshakes handshakes) {
    this.handshakes = handshakes;
    this.container = container;
    this.limits = limits;
    this.places = places;
  }

  @Override
  public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
    handshakes.end(socket.getSocket().getIOChannel());
    Long since = incomplete.get(socket);
    if (since != null && System.nanoTime() - since > limits.head().time().toNanos()) {
      return SocketState.CLOSED;
    }
    long begin = since == null ? System.nanoTime() : since;
    socket.setWriteTimeout(limits.idleWrite().toMillis());
    running.put(socket, true);
    try {
      SocketState state =
          ScopedValue.where(CURRENT, socket).call(() -> container.process(socket, event));
      if (renegotiates(socket)) {
        return SocketState.CLOSED;
      }
      if (state == SocketState.LONG) {
        incomplete.put(socket, begin);
      } else {
        incomplete.remove(socket);
      }
      return state;
    } finally {
      running.remove(socket);
    }
  }

  /**
   * Whether a client wants its handshake anew, as TLS 1.2 has it, which would never come to an end.
   */
  private static boolean renegotiates(SocketWrapperBase<NioChannel> socket) {
    if (!(socket.getSocket() instanceof SecureNioChannel secure)) {
      return false;
    }
    SSLEngine engine = secure.getSslEngine();
    return engine != null
        && engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING
        && engine.getSession().getProtocol().equals("TLSv1.2");
  }

  /** Makes every read and write of running requests fail. */
  void hangUp() {
    running.keySet().forEach(Sockets::hangUp);
  }

  /**
   * Makes every read and write of one connection fail. A socket that was closed in the meantime has
   * no channel any more.
   */
  static void hangUp(SocketWrapperBase<NioChannel> socket) {
    SocketChannel channel = socket.getSocket().getIOChannel();
    try {
      if (channel != null) {
        channel.shutdownInput();
        channel.shutdownOutput();
      }
    } catch (IOException alreadyClosed) {
      // Nothing left to hang up.
    }
  }

  @Override
  public Object getGlobal() {
    return container.getGlobal();
  }

  @Override
  public void release(SocketWrapperBase<NioChannel> socket) {
    incomplete.remove(socket);
    places.leave(socket.getSocket().getIOChannel());
    handshakes.end(socket.getSocket().getIOChannel());
    container.release(socket);
  }

  @Override
  public void pause() {
    container.pause();
  }

  @Override
  public void recycle() {
    container.recycle();
  }

  /** How long a request may take to arrive, for the container's own timer between two bytes. */
  static int millis(Duration duration) {
    return Math.toIntExact(Math.min(duration.toMillis(), Integer.MAX_VALUE));
  }
}
