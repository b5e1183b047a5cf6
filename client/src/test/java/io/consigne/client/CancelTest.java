package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadSource;
import io.consigne.client.transport.HttpTransport;
import io.consigne.client.transport.WireRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt ends whatever a client waits for, and silence does not last for ever. */
class CancelTest {
  @TempDir private Path directory;

  private interface Work {
    void run(Client client) throws IOException;
  }

  /** A host that takes connections and reads, and says only what it is told to. */
  private static URI silent(ServerSocket socket, String said, CompletableFuture<?> reached) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket connection = socket.accept();
              connection.getInputStream().read();
              connection.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
              reached.complete(null);
            }
          } catch (IOException e) {
            // closed
          }
        });
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void isEndedByInterrupt(String said, Work work) throws Exception {
    try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var reached = new CompletableFuture<Void>();
      var config =
          ClientConfig.of(silent(socket, said, reached), new ApiKey("key"))
              .stateIn(directory.resolve("state"));
      var ended = new CompletableFuture<Throwable>();
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try (var client = new Client(config)) {
                  work.run(client);
                  ended.complete(new AssertionError("it ended by itself"));
                } catch (IOException e) {
                  boolean kept = Thread.currentThread().isInterrupted();
                  ended.complete(kept ? e : new AssertionError("the interrupt is lost", e));
                }
              });
      reached.get(20, TimeUnit.SECONDS);
      thread.interrupt();
      assertThat(ended.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
    }
  }

  @Test
  void silentHost_isLeft() throws Exception {
    isEndedByInterrupt("", Client::account);
  }

  @Test
  void waitAfterFlood_isLeft() throws Exception {
    String flood = "{\"status\":\"KO\",\"message\":\"Flood detected: IP Locked #374\"}";
    isEndedByInterrupt(
        "HTTP/1.1 403 X\r\nContent-Length: " + flood.length() + "\r\n\r\n" + flood,
        Client::account);
  }

  @Test
  void upload_isLeft() throws Exception {
    isEndedByInterrupt(
        "",
        client ->
            client
                .uploads()
                .send(FolderId.ROOT, List.of(UploadSource.of("a", new byte[9])), Progress.UNSEEN));
  }

  @Test
  void silence_endsAfterItsTime() throws Exception {
    try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var transport = new HttpTransport(null, Duration.ofMillis(300))) {
      URI url = silent(socket, "", new CompletableFuture<>());
      Assertions.assertThatThrownBy(() -> transport.send(WireRequest.get(url)))
          .isInstanceOf(HttpTimeoutException.class)
          .hasMessage("no answer to GET http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  @Test
  void silenceWithinABody_endsAfterItsTime() throws Exception {
    try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var transport = new HttpTransport(null, Duration.ofMillis(300))) {
      String head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
      URI url = silent(socket, head, new CompletableFuture<>());
      try (var answer = transport.send(WireRequest.get(url))) {
        Assertions.assertThatThrownBy(() -> answer.text(10)).isInstanceOf(IOException.class);
      }
    }
  }

  /** What was passed over was not watched, and could be waited for without end. */
  @Test
  void silenceWithinWhatIsSkipped_endsAfterItsTime() throws Exception {
    try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var transport = new HttpTransport(null, Duration.ofMillis(300))) {
      String head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
      URI url = silent(socket, head, new CompletableFuture<>());
      try (var answer = transport.send(WireRequest.get(url))) {
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () ->
                Assertions.assertThatThrownBy(() -> answer.body().skipNBytes(8))
                    .isInstanceOf(IOException.class));
      }
    }
  }
}
