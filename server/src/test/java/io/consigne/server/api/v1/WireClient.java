package io.consigne.server.api.v1;

import io.consigne.spec.Answer;
import io.consigne.spec.Bindings;
import io.consigne.spec.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;

/** Sends the requests of scenarios as they are: HTTP/1.1, no redirects followed. */
final class WireClient implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Sends a request to the host at {@code origin}. */
  Answer send(String origin, Request request, Bindings bindings) {
    String body = request.body().encode(bindings).text();
    var http = HttpRequest.newBuilder(URI.create(origin + request.target().render(bindings)));
    http.timeout(LONGEST);
    http.method(
        request.method(),
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    request.headers(bindings).forEach(http::header);
    return send(http.build());
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      var headers = new HashMap<String, String>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Answer(response.statusCode(), headers, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
