package io.consigne.server.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to listen.
 *
 * @param address port 0 takes a free one, see {@link Listener#port}
 * @param tls {@code null} for plain HTTP
 * @param forwarding how the names and addresses of requests are found out
 * @param limits what clients may use up
 */
public record ListenerConfig(
    InetSocketAddress address, @Nullable Tls tls, Forwarding forwarding, HttpLimits limits) {
  /** Refuses an address whose name was not resolved. */
  public ListenerConfig {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "listen address is not an address of this machine: " + address.getHostString());
    }
  }
}
