package io.consigne.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An upload whose last bytes are sent when the test says so. */
final class SlowUpload implements AutoCloseable {
  private static final String BEGIN =
      "--edge\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"slow.txt\"\r\n\r\n"
          + "the beginning";
  private static final String END = " and the end\r\n--edge--\r\n";

  private final Socket socket;

  private SlowUpload(Socket socket) {
    this.socket = socket;
  }

  static SlowUpload begin(int port, String key) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    String head =
        """
        POST /upload.cgi?id=slow1 HTTP/1.1\r
        Host: 127.0.0.1\r
        Authorization: Bearer %s\r
        Content-Type: multipart/form-data; boundary=edge\r
        Content-Length: %d\r
        Expect: 100-continue\r
        \r
        """
            .formatted(key, BEGIN.length() + END.length());
    var upload = new SlowUpload(socket);
    upload.send(head);
    upload.line();
    upload.line();
    upload.send(BEGIN);
    return upload;
  }

  private void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
      line.append((char) c);
      if (c == '\n') {
        break;
      }
    }
    return line.toString();
  }

  /** Waits until the host answers new requests with 503 and tells when to come back. */
  void awaitStopping(String url) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/")).build();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            HttpResponse<String> answer =
                client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent();
          });
    }
  }

  /** Sends the rest and returns the first line of the answer. */
  String finish() throws IOException {
    send(END);
    return line();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
