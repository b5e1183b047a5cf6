package io.consigne.server;

import io.consigne.core.ids.Cidr;
import io.consigne.server.config.HostConfig;
import io.consigne.server.config.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A host on loopback with choices of its operator, and calls of it by its first key. */
final class RunningHost implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Host host;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String key;

  private RunningHost(Host host) {
    this.host = host;
    this.key = host.firstKey().orElseThrow().reveal();
    host.firstKeyWasShown();
  }

  /** Starts a host in a new directory. */
  static RunningHost start(Path data, Choices choices) throws IOException {
    return new RunningHost(Host.start(config(data, choices)));
  }

  /** The configuration of such a host. */
  static HostConfig config(Path data, Choices choices) {
    var web =
        new HostConfig.Web(
            new ListenAddress("127.0.0.1", 0),
            choices.publicUrl() == null ? null : URI.create(choices.publicUrl()),
            new HostConfig.Tls.None(),
            choices.proxies().stream().map(Cidr::parse).toList(),
            Duration.ofSeconds(1));
    return new HostConfig(
        UsualChoices.storage(data),
        web,
        UsualChoices.rules(false, false, choices.countries()),
        null);
  }

  String url() {
    return host.url();
  }

  /** A request of the first key's holder. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url() + path))
        .header("Authorization", "Bearer " + key)
        .timeout(Duration.ofSeconds(30));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Calls {@code /v1/<path>}, with more headers. */
  JsonNode call(String path, String body, String... headers) {
    HttpRequest.Builder request =
        request("/v1/" + path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return JSON.readTree(send(request).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Uploads one file and returns its link. */
  String upload(String name, byte[] content, String... fields) throws IOException {
    HttpResponse<byte[]> answer =
        send(UploadBody.of(request("/upload.cgi"), name, content, fields));
    if (answer.statusCode() != 302) {
      throw new AssertionError(
          answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    String report = answer.headers().firstValue("Location").orElseThrow();
    return JSON.readTree(send(request(report).header("JSON", "1")).body())
        .path("links")
        .path(0)
        .path("download")
        .asString();
  }

  /** The address from which a file can be downloaded. */
  String token(String link) {
    return call("download/get_token.cgi", "{\"url\":\"" + link + "\"}").path("url").asString();
  }

  @Override
  public void close() {
    client.close();
    host.close();
  }

  /**
   * What the operator chose.
   *
   * @param publicUrl how clients reach the host, or null
   * @param proxies that are trusted
   * @param countries the table of countries, or null
   */
  record Choices(@Nullable String publicUrl, List<String> proxies, @Nullable Path countries) {
    static final Choices NONE = new Choices(null, List.of(), null);
  }
}
