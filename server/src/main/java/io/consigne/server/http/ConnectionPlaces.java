package io.consigne.server.http;

import io.consigne.core.ids.AddressBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds the connections. Of those that all others leave, one address has at most its share, so
 * that it locks nobody out, and several of them together still leave places. A trusted proxy speaks
 * for many, and may hold all.
 */
final class ConnectionPlaces {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionPlaces.class);
  private static final long AGAIN_NANOS = Duration.ofMinutes(10).toNanos();

  private final HttpLimits.Connections limits;
  private final Predicate<InetAddress> trustedProxy;
  private final Map<SocketChannel, String> held = new ConcurrentHashMap<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private long toldAt = System.nanoTime() - AGAIN_NANOS;

  ConnectionPlaces(HttpLimits.Connections limits, Predicate<InetAddress> trustedProxy) {
    this.limits = limits;
    this.trustedProxy = trustedProxy;
  }

  /**
   * Gives a new connection a place, until it {@linkplain #leave leaves}. Asked by one thread.
   *
   * @return false if its address holds its share, or it is closed already
   */
  boolean take(SocketChannel channel) {
    InetAddress address = addressOf(channel);
    if (address == null) {
      return false;
    }
    String block = AddressBlock.of(address);
    int own = counts.getOrDefault(block, 0);
    if (own >= share(held.size() - own) && !trustedProxy.test(address)) {
      tell(address, own);
      return false;
    }
    counts.merge(block, 1, Integer::sum);
    held.put(channel, block);
    return true;
  }

  /** Gives back the place of a connection, if it has one. */
  void leave(SocketChannel channel) {
    String block = held.remove(channel);
    if (block != null) {
      counts.computeIfPresent(block, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Whether few are left. */
  boolean areScarce() {
    return held.size() * 100L >= (long) limits.most() * limits.slow().scarcePercent();
  }

  /** How many one address may hold while others hold some; one more than none, if any is left. */
  private int share(int others) {
    return Math.ceilDiv((limits.most() - others) * limits.sharePercent(), 100);
  }

  private static @Nullable InetAddress addressOf(SocketChannel channel) {
    try {
      return channel.getRemoteAddress() instanceof InetSocketAddress remote
          ? remote.getAddress()
          : null;
    } catch (IOException alreadyClosed) {
      return null;
    }
  }

  private void tell(InetAddress address, int own) {
    long now = System.nanoTime();
    if (now - toldAt >= AGAIN_NANOS) {
      toldAt = now;
      LOG.warn(
          "{} holds {} connections, and gets no more while others need some; a proxy is to be"
              + " named with --trusted-proxy",
          address.getHostAddress(),
          own);
    }
  }
}
