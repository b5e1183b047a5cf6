package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time before there is a request, over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SlowTlsClientsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** A record of 512 bytes that begins a handshake; what follows is yet to come. */
  private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

  private Tls tls;

  @BeforeAll
  void certify(@TempDir Path folder) throws IOException {
    tls = Tls.selfSigned(folder, Tls.names(List.of()), InstantSource.system()).tls();
  }

  private Listener listen() throws IOException {
    HttpLimits usual = HttpLimits.DEFAULTS;
    var limits =
        new HttpLimits(
            new HttpLimits.Head(usual.head().bytes(), usual.head().headers(), SHORT),
            usual.body(),
            usual.idleWrite(),
            usual.keepAlive(),
            usual.connections());
    return Listening.within(limits, tls, exchange -> Listening.text(exchange, "hello"));
  }

  /**
   * The container looks once a second, when something happens, and overlooks whose byte that is:
   * one that was alone stayed for ever.
   */
  @Test
  void handshake_that_drips_ends_the_connection_and_no_other() throws Exception {
    try (Listener listener = listen();
        Wire other = new Wire(connected(listener));
        Wire wire = new Wire(listener)) {
      assertThat(other.send("GET / HTTP/1.1|Host: a||").answer()).endsWith("hello");
      wire.send(HELLO);
      dripUntilCutOff(wire);
      assertThat(other.send("GET / HTTP/1.1|Host: a||").answer()).endsWith("hello");
    }
  }

  @Test
  void handshake_that_does_not_come_ends_the_connection() throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      assertThat(wire.closed()).isTrue();
    }
  }

  @Test
  void headers_that_drip_end_the_connection() throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(connected(listener))) {
      wire.send("GET / HTTP/1.1|X-Long: ");
      dripUntilCutOff(wire);
    }
  }

  private static SSLSocket connected(Listener listener) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", listener.port());
    socket.startHandshake();
    return socket;
  }

  /** A client sees it when it sends: 400 drips are many times as long as the head may take. */
  private static void dripUntilCutOff(Wire wire) throws Exception {
    for (int sent = 0; sent < 400; sent++) {
      Thread.sleep(PAUSE);
      try {
        wire.send(".");
      } catch (IOException cutOff) {
        return;
      }
    }
    throw new AssertionError("still connected");
  }
}
