package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask, and then take nothing, or little at a time. */
@Timeout(60)
class UntakenAnswerTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final HttpLimits LIMITS =
      new HttpLimits(
          new HttpLimits.Head(16 * 1024, 100, LONG),
          new HttpLimits.Body(LONG, 1024, LONG),
          SHORT,
          LONG,
          new HttpLimits.Connections(100, 67));

  /** More than the buffers of two sockets hold, so that no answer ends in them. */
  private static final int ENDLESS = 1 << 30;

  private static final int MANY = 1000;

  @TempDir private static Path directory;
  private static Tls tls;
  private static SSLSocketFactory secure;

  /** How an answer leaves the host. */
  enum Way {
    /** In a buffer outside the heap, as contents do. */
    CONTENT {
      @Override
      void send(Exchange exchange) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(1 << 16);
        while (true) {
          exchange.write(block.clear());
        }
      }
    },
    /** By the stream, as pages and lists do. */
    PAGE {
      @Override
      void send(Exchange exchange) throws IOException {
        OutputStream out = exchange.output();
        while (true) {
          out.write(new byte[1000]);
        }
      }
    };

    abstract void send(Exchange exchange) throws IOException;
  }

  @BeforeAll
  static void makeCertificate() throws Exception {
    var made =
        Tls.selfSigned(directory.resolve("tls"), Tls.names(List.of()), InstantSource.system());
    tls = made.tls();
    var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    try (var pem = Files.newInputStream(made.authorityFile())) {
      authorities.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(authorities);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    secure = context.getSocketFactory();
  }

  private static Listener listen(@Nullable Tls tls, Handler handler) throws IOException {
    return listen(tls, LIMITS, handler);
  }

  private static Listener listen(@Nullable Tls tls, HttpLimits limits, Handler handler)
      throws IOException {
    return Listener.start(
        new ListenerConfig(Listening.ANY_PORT, tls, Forwarding.none(), limits),
        handler,
        Listening.fallback());
  }

  /** A client whose system takes next to nothing that the client itself did not read. */
  private static Wire asking(Listener listener, boolean overTls) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(1);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
    Wire wire =
        new Wire(
            overTls ? secure.createSocket(socket, "localhost", listener.port(), true) : socket);
    return wire.send("GET / HTTP/1.1|Host: a||");
  }

  @ParameterizedTest
  @CsvSource({"CONTENT, false", "CONTENT, true", "PAGE, false", "PAGE, true"})
  void nothingTaken_endsTheRequestAndTheConnection(Way way, boolean overTls) throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Handler handler =
        exchange -> {
          exchange.header("Content-Length", Integer.toString(ENDLESS));
          try {
            way.send(exchange);
          } catch (ClientGoneException e) {
            failure.complete(e);
            throw e;
          }
        };
    try (Listener listener = listen(overTls ? tls : null, handler);
        Wire wire = asking(listener, overTls)) {
      assertThat(failure.get()).hasMessage("The client went away while taking its answer");
      assertThat(wire.rest()).hasSizeLessThan(ENDLESS);
    }
  }

  /** Each answer is short, and all of them together are not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersToManyRequests_thatNobodyTakes_endTheConnection(boolean overTls) throws Exception {
    var answered = new AtomicInteger();
    Handler handler =
        exchange -> {
          answered.incrementAndGet();
          Listening.text(exchange, "x".repeat(15_000));
        };
    try (Listener listener = listen(overTls ? tls : null, handler);
        Wire wire = asking(listener, overTls)) {
      wire.send("GET / HTTP/1.1|Host: a||".repeat(MANY));
      assertThat(isCutOff(wire)).isTrue();
      assertThat(answered).hasValueLessThan(MANY);
    }
  }

  /** Whether the connection ends while the client still sends. */
  private static boolean isCutOff(Wire wire) throws InterruptedException {
    for (int sent = 0; sent < 500; sent++) {
      try {
        wire.send("|");
      } catch (IOException cutOff) {
        return true;
      }
      Thread.sleep(Duration.ofMillis(20)); // as slow as this client is
    }
    return false;
  }

  /** Ten times as long as a rest may be, in pieces that each come in time. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void littleTaken_isSentToItsEnd(boolean overTls) throws Exception {
    byte[] content = new byte[200_000];
    Handler handler =
        exchange -> {
          exchange.header("Content-Length", Integer.toString(content.length));
          exchange.write(ByteBuffer.wrap(content));
        };
    try (Listener listener = listen(overTls ? tls : null, handler);
        Wire wire = asking(listener, overTls)) {
      assertThat(wire.head()).startsWith("HTTP/1.1 200");
      int taken = 0;
      while (taken < content.length) {
        int count = wire.in().readNBytes(Math.min(7000, content.length - taken)).length;
        assertThat(count).isPositive();
        taken += count;
        Thread.sleep(SHORT.dividedBy(3)); // as slow as this client is
      }
    }
  }

  /** A client that takes nothing is waited for, unless another thread has enough of it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hungUp_endsTheAnswerAtOnce(boolean overTls) throws Exception {
    var running = new CompletableFuture<Exchange>();
    var failure = new CompletableFuture<Throwable>();
    Handler handler =
        exchange -> {
          running.complete(exchange);
          try {
            Way.PAGE.send(exchange);
          } catch (ClientGoneException e) {
            failure.complete(e);
            throw e;
          }
        };
    try (Listener listener = listen(overTls ? tls : null, HttpLimits.DEFAULTS, handler);
        Wire wire = asking(listener, overTls)) {
      Taking taking = running.get().taking();
      await().until(() -> taking.soFar().waited().compareTo(SHORT) > 0);
      assertThat(taking.soFar().bytes()).isBetween(1000L, (long) ENDLESS);
      assertThat(failure).isNotDone();
      running.get().hangUp();
      assertThat(failure.get()).hasMessage("The client went away while taking its answer");
      assertThat(wire.rest()).hasSizeLessThan(ENDLESS);
    }
  }

  @Test
  void pausedPlayer_isWaitedFor() {
    assertThat(HttpLimits.DEFAULTS.idleWrite()).isEqualTo(Duration.ofMinutes(5));
  }
}
