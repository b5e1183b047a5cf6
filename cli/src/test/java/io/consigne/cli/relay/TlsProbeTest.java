package io.consigne.cli.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a host's answer to a TLS greeting tells. */
@Timeout(60)
final class TlsProbeTest {
  private static final String REFUSAL = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";

  /** A host that answers whatever comes with these bytes. */
  private static boolean isPlain(String answer) throws Exception {
    try (var host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket client = host.accept()) {
                  client.getInputStream().readNBytes(1);
                  client.getOutputStream().write(answer.getBytes(US_ASCII));
                  client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  // Whoever asked has gone.
                }
              });
      boolean plain = TlsProbe.isPlain(new HostPort("127.0.0.1", host.getLocalPort()));
      answering.join();
      return plain;
    }
  }

  @Test
  void answerInHttp_isPlain() throws Exception {
    assertThat(isPlain(REFUSAL)).isTrue();
  }

  /** An alert: the handshake fails, and it is TLS all the same. */
  @Test
  void alert_isTls() throws Exception {
    assertThat(isPlain("\u0015\u0003\u0003\u0000\u0002\u0002(")).isFalse();
  }

  @Test
  void nobodyThere_isNotPlain() {
    assertThat(TlsProbe.isPlain(new HostPort("127.0.0.1", 9))).isFalse();
  }
}
