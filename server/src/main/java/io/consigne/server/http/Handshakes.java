package io.consigne.server.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time that a connection may take until TLS is agreed on, however steadily its bytes
 * drip: the container's own timer begins anew with each of them.
 */
final class Handshakes {
  private final Duration most;
  private final Map<SocketChannel, Long> running = new ConcurrentHashMap<>();

  /** A handshake takes {@code most} at most. */
  Handshakes(Duration most) {
    this.most = most;
  }

  /** A connection is there. */
  void begin(SocketChannel channel) {
    running.put(channel, System.nanoTime());
  }

  /** It has agreed, or is gone; null for one that was closed in the meantime. */
  void end(@Nullable SocketChannel channel) {
    if (channel != null) {
      running.remove(channel);
    }
  }

  /** Hangs up on those that take too long; called every now and then. */
  void look() {
    long now = System.nanoTime();
    running.forEach((channel, begun) -> {
      if (now - begun > most.toNanos() && running.remove(channel, begun)) {
        hangUp(channel);
      }
    });
  }

  /** The container finds the end of the input, and closes. */
  private static void hangUp(SocketChannel channel) {
    try {
      channel.shutdownInput();
      channel.shutdownOutput();
    } catch (IOException alreadyClosed) {
      // Nothing left to hang up.
    }
  }
}
