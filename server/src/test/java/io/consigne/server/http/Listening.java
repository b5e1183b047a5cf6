package io.consigne.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Listeners for tests: on loopback, any free port. */
final class Listening {
  private Listening() {}

  static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** The status alone. */
  static Fallback fallback() {
    return (exchange, status) -> {
      byte[] text = ("Error " + status + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.send(status, "text/plain; charset=utf-8", text);
    };
  }

  /** Plain HTTP without a proxy, within the default limits. */
  static ListenerConfig plain(InetSocketAddress address) {
    return new ListenerConfig(address, null, Forwarding.none(), HttpLimits.DEFAULTS);
  }

  static Listener to(Handler handler) throws IOException {
    return Listener.start(plain(ANY_PORT), handler, fallback());
  }

  static Listener within(HttpLimits limits, Handler handler) throws IOException {
    return Listener.start(
        new ListenerConfig(ANY_PORT, null, Forwarding.none(), limits), handler, fallback());
  }

  static Listener within(HttpLimits limits, Tls tls, Handler handler) throws IOException {
    return Listener.start(
        new ListenerConfig(ANY_PORT, tls, Forwarding.none(), limits), handler, fallback());
  }

  static Listener behind(Forwarding forwarding, Handler handler) throws IOException {
    return Listener.start(
        new ListenerConfig(ANY_PORT, null, forwarding, HttpLimits.DEFAULTS), handler, fallback());
  }

  static Listener over(Tls tls, Handler handler) throws IOException {
    return Listener.start(
        new ListenerConfig(ANY_PORT, tls, Forwarding.none(), HttpLimits.DEFAULTS),
        handler,
        fallback());
  }

  static void text(Exchange exchange, String text) throws IOException {
    exchange.send(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
