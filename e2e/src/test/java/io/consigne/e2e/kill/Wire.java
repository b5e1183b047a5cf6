package io.consigne.e2e.kill;

import io.consigne.e2e.MultipartForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of one account. An answer that is not the expected one fails the test; an {@link
 * IOException} says that there was none.
 */
final class Wire {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final URI host;
  private final String key;

  Wire(String url, String key) {
    this.host = URI.create(url);
    this.key = key;
  }

  /** Calls {@code /v1/<path>}, which must succeed. */
  JsonNode call(String path, Map<String, ?> body) throws IOException {
    HttpRequest request =
        request("/v1/" + path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> answer = send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          path + " " + body + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Uploads under this id and returns the status of the answer. */
  int upload(String id, MultipartForm form) throws IOException {
    HttpRequest request =
        request("/upload.cgi?id=" + id)
            .header("Content-Type", MultipartForm.CONTENT_TYPE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(form.bytes()))
            .build();
    return send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  /** Begins an upload and breaks it off after {@code sent} bytes of its body. */
  void breakOff(MultipartForm form, int sent) throws IOException {
    byte[] body = form.bytes();
    String head =
        """
        POST /upload.cgi HTTP/1.1\r
        Host: %s\r
        Authorization: Bearer %s\r
        Content-Type: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(host.getAuthority(), key, MultipartForm.CONTENT_TYPE, body.length);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), host.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body, 0, Math.min(sent, body.length - 1));
    }
  }

  /** What is downloaded by a link, as its owner. */
  Download download(String link) throws IOException {
    String address = call("download/get_token.cgi", Map.of("url", link)).path("url").asString();
    HttpResponse<InputStream> answer =
        send(
            HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    MessageDigest sha256 = Content.newDigest();
    try (var body = new DigestInputStream(answer.body(), sha256)) {
      long size = body.transferTo(OutputStream.nullOutputStream());
      return new Download(answer.statusCode(), size, HexFormat.of().formatHex(sha256.digest()));
    }
  }

  /** The status of the answer to a stranger who opens a link with a password. */
  int open(String link, String password) throws IOException {
    return send(
            HttpRequest.newBuilder(URI.create(link))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "pass=" + URLEncoder.encode(password, StandardCharsets.UTF_8)))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(host.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + key);
  }

  private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> into)
      throws IOException {
    try {
      return CLIENT.send(request, into);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * What came of a download.
   *
   * @param status of the answer
   * @param size of its body
   * @param sha256 of its body
   */
  record Download(int status, long size, String sha256) {}
}
