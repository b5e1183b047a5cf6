package io.consigne.cli.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class RelayTest {
  private static final HostPort LOOPBACK = new HostPort("127.0.0.1", 0);
  private static final int TIMEOUT_MILLIS = 20_000;

  private ServerSocket host;
  private Relay relay;

  @BeforeEach
  void start() throws IOException {
    host = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    host.setSoTimeout(TIMEOUT_MILLIS);
    relay = Relay.start(LOOPBACK, new HostPort("127.0.0.1", host.getLocalPort()));
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    host.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1fichier.com:443",
        "api.1fichier.com:443",
        "a-1.cdn.1fichier.com:443",
        "API.1Fichier.COM:443"
      })
  void tunnelToFichier_leadsToTheHost(String name) throws IOException {
    try (Socket client = connect(name);
        Socket accepted = host.accept()) {
      client.getOutputStream().write("ping".getBytes(ISO_8859_1));
      assertThat(accepted.getInputStream().readNBytes(4)).asString(ISO_8859_1).isEqualTo("ping");
      accepted.getOutputStream().write("pong".getBytes(ISO_8859_1));
      assertThat(client.getInputStream().readNBytes(4)).asString(ISO_8859_1).isEqualTo("pong");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org:443",
        "1fichier.com:80",
        "1fichier.com",
        "evil1fichier.com:443",
        "1fichier.com.example.org:443",
        "1fichierxcom:443",
        "127.0.0.1:443"
      })
  void tunnelElsewhere_isRefused(String name) throws IOException {
    assertThat(ask("CONNECT " + name + " HTTP/1.1\r\nHost: " + name + "\r\n\r\n"))
        .startsWith("HTTP/1.1 403 Forbidden\r\n")
        .endsWith(
            "\r\n\r\nThis relay leads to 1fichier.com:443 and the hosts below it, and not to "
                + name
                + "\n");
  }

  @Test
  void requestWithoutTunnel_isRefused() throws IOException {
    assertThat(ask("GET http://1fichier.com:443/ HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 403 Forbidden\r\n");
  }

  @Test
  void otherProtocol_isABadRequest() throws IOException {
    assertThat(ask("SSH-2.0-OpenSSH\r\n\r\n"))
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .endsWith("\r\n\r\nBad request: this is a proxy for HTTP/1.1\n");
  }

  @Test
  void refusal_tellsItsLength() throws IOException {
    String answer = ask("CONNECT example.org:443 HTTP/1.1\r\n\r\n");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(answer).contains("\r\nContent-Length: " + body.length() + "\r\n");
  }

  @Test
  void hostThatIsDown_isNamed() throws IOException {
    int port = host.getLocalPort();
    host.close();
    assertThat(ask("CONNECT 1fichier.com:443 HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
        .contains("This relay cannot reach 127.0.0.1:" + port + ": ");
  }

  @Test
  void bytesSentWithTheRequest_areNotLost() throws IOException {
    try (Socket client = open()) {
      client
          .getOutputStream()
          .write("CONNECT 1fichier.com:443 HTTP/1.1\r\n\r\nearly".getBytes(ISO_8859_1));
      try (Socket accepted = host.accept()) {
        assertThat(accepted.getInputStream().readNBytes(5)).asString(ISO_8859_1).isEqualTo("early");
      }
    }
  }

  @Test
  void clientThatEndsItsHalf_stillReceives() throws IOException {
    try (Socket client = connect("1fichier.com:443");
        Socket accepted = host.accept()) {
      client.getOutputStream().write("all".getBytes(ISO_8859_1));
      client.shutdownOutput();
      assertThat(accepted.getInputStream().readAllBytes()).asString(ISO_8859_1).isEqualTo("all");
      accepted.getOutputStream().write("answer".getBytes(ISO_8859_1));
      accepted.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString(ISO_8859_1).isEqualTo("answer");
    }
  }

  @Test
  void hostThatEndsItsHalf_stillReceives() throws IOException {
    try (Socket client = connect("1fichier.com:443");
        Socket accepted = host.accept()) {
      accepted.shutdownOutput();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      client.getOutputStream().write("late".getBytes(ISO_8859_1));
      client.shutdownOutput();
      assertThat(accepted.getInputStream().readAllBytes()).asString(ISO_8859_1).isEqualTo("late");
    }
  }

  @Test
  void hostThatBreaksOff_breaksTheClientsConnection() throws IOException {
    try (Socket client = connect("1fichier.com:443")) {
      Socket accepted = host.accept();
      accepted.setSoLinger(true, 0);
      accepted.close();
      assertThat(endOf(client.getInputStream())).isTrue();
    }
  }

  @Test
  void megabytesInBothDirections_arriveWhole() throws Exception {
    var bytes = new byte[8_000_000];
    new Random(1).nextBytes(bytes);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Socket client = connect("1fichier.com:443");
        Socket accepted = host.accept()) {
      var up = CompletableFuture.runAsync(() -> send(client, bytes), threads);
      var down = CompletableFuture.runAsync(() -> send(accepted, bytes), threads);
      var received =
          CompletableFuture.supplyAsync(() -> receive(accepted), threads)
              .thenApply(all -> Arrays.equals(all, bytes));
      assertThat(receive(client)).isEqualTo(bytes);
      assertThat(received.get()).isTrue();
      up.get();
      down.get();
    }
  }

  @Test
  void close_cutsTunnels() throws Exception {
    try (Socket client = connect("1fichier.com:443")) {
      relay.close();
      assertThat(endOf(client.getInputStream())).isTrue();
      relay.awaitClose();
    }
  }

  @Test
  void addressInUse_isNamed() {
    var taken = new HostPort("127.0.0.1", relay.address().getPort());
    assertThatThrownBy(() -> Relay.start(taken, LOOPBACK))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot listen on " + taken + ": Address already in use");
  }

  private Socket open() throws IOException {
    var client = new Socket(relay.address().getAddress(), relay.address().getPort());
    client.setSoTimeout(TIMEOUT_MILLIS);
    return client;
  }

  private Socket connect(String name) throws IOException {
    Socket client = open();
    String request = "CONNECT " + name + " HTTP/1.1\r\nHost: " + name + "\r\n\r\n";
    client.getOutputStream().write(request.getBytes(ISO_8859_1));
    String opened = "HTTP/1.1 200 Connection established\r\n\r\n";
    assertThat(client.getInputStream().readNBytes(opened.length()))
        .asString(ISO_8859_1)
        .isEqualTo(opened);
    return client;
  }

  private String ask(String request) throws IOException {
    try (Socket client = open()) {
      client.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** Whether the stream ends, in order or by a reset. */
  private static boolean endOf(InputStream in) {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return !(e instanceof SocketTimeoutException);
    }
  }

  private static void send(Socket to, byte[] bytes) {
    try {
      to.getOutputStream().write(bytes);
      to.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] receive(Socket from) {
    try {
      return from.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
