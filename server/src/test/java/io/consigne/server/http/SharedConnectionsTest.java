package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses that take connections from each other. */
@Timeout(60)
class SharedConnectionsTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final int CONNECTIONS = 30;
  private static final HttpLimits LIMITS =
      new HttpLimits(
          new HttpLimits.Head(16 * 1024, 100, LONG),
          new HttpLimits.Body(LONG, 1024, LONG),
          LONG,
          LONG,
          new HttpLimits.Connections(CONNECTIONS, 67));

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private Listener listen(Forwarding forwarding) throws IOException {
    Listener listener =
        Listener.start(
            new ListenerConfig(Listening.ANY_PORT, null, forwarding, LIMITS),
            exchange -> Listening.text(exchange, "hello"),
            Listening.fallback());
    open.add(listener);
    return listener;
  }

  private Wire from(String address, Listener listener) throws IOException {
    Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(), listener.port(), InetAddress.getByName(address), 0);
    open.add(socket);
    return new Wire(socket);
  }

  private boolean served(String address, Listener listener) throws IOException {
    try {
      return from(address, listener).send("GET / HTTP/1.1|Host: a||").answer().endsWith("hello");
    } catch (SocketTimeoutException e) {
      throw new AssertionError(address + " is kept waiting", e);
    } catch (IOException closed) {
      return false;
    }
  }

  /** As many as are served, up to a number; each stays open. */
  private int take(String address, Listener listener, int most) throws IOException {
    int taken = 0;
    while (taken < most && served(address, listener)) {
      taken++;
    }
    return taken;
  }

  @Test
  void address_that_takes_all_it_can_leaves_some_to_others() throws Exception {
    Listener listener = listen(Forwarding.none());
    assertThat(take("127.0.0.1", listener, CONNECTIONS)).isEqualTo(21);
    assertThat(take("127.0.0.2", listener, CONNECTIONS)).isEqualTo(7);
    assertThat(take("127.0.0.3", listener, 2)).isEqualTo(2); // all there are: more wait
  }

  @Test
  void what_is_given_back_can_be_taken_again() throws Exception {
    Listener listener = listen(Forwarding.none());
    List<Wire> first = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      first.add(from("127.0.0.1", listener));
    }
    assertThat(served("127.0.0.1", listener)).isFalse();
    for (Wire wire : first) {
      wire.send("GET / HTTP/1.1|Host: a|Connection: close||").answer();
      assertThat(wire.closed()).isTrue();
    }
    assertThat(take("127.0.0.1", listener, CONNECTIONS)).isEqualTo(21);
  }

  @Test
  void one_address_alone_is_told_of_once() throws Exception {
    try (var log = new LogCapture()) {
      Listener listener = listen(Forwarding.none());
      take("127.0.0.1", listener, CONNECTIONS);
      assertThat(served("127.0.0.1", listener)).isFalse();
      assertThat(log.lines())
          .containsExactly(
              ConnectionPlaces.class.getName()
                  + ": 127.0.0.1 holds 21 connections, and gets no more while others need some; a"
                  + " proxy is to be named with --trusted-proxy");
    }
  }

  @Test
  void trusted_proxy_may_hold_all() throws Exception {
    Listener listener = listen(new Forwarding(null, InetAddress::isLoopbackAddress));
    assertThat(take("127.0.0.1", listener, CONNECTIONS)).isEqualTo(CONNECTIONS);
  }
}
