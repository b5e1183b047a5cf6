package io.consigne.client.standin;

import io.consigne.client.RealHost;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** A real Consigne host behind a stand-in; it may pose as 1fichier.com, and tell no more. */
public final class Behind implements Answering {
  private static final Set<String> OF_ONE_HOP =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding");
  private static final String BEYOND = ",?\"(sha256|modified)\":\"[^\"]*\"";

  private final RealHost host;
  private final boolean poses;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * A host that hands out addresses of the stand-in.
   *
   * @param poses whether it poses as 1fichier.com
   */
  public Behind(RealHost host, boolean poses) {
    this.host = host;
    this.poses = poses;
  }

  @Override
  public Reply answer(Request request) throws IOException {
    if (poses && request.path().equals("/v1/capabilities.cgi")) {
      return Reply.json(404, "{\"status\":\"KO\",\"message\":\"Resource not found #469\"}");
    }
    var copy =
        HttpRequest.newBuilder(URI.create(host.url() + request.target()))
            .method(request.method(), BodyPublishers.ofByteArray(request.body()));
    request
        .headers()
        .forEach((name, value) -> {
          if (!OF_ONE_HOP.contains(name.toLowerCase(Locale.ROOT))) {
            copy.header(name, value);
          }
        });
    HttpResponse<byte[]> answer = send(copy.build());
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!OF_ONE_HOP.contains(name.toLowerCase(Locale.ROOT))) {
            headers.put(name, values.getFirst());
          }
        });
    String type = headers.remove("Content-Type");
    return told(new Reply(answer.statusCode(), String.valueOf(type), headers, answer.body()));
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private Reply told(Reply reply) {
    if (!poses || !reply.type().startsWith("application/json")) {
      return reply;
    }
    String text = new String(reply.body(), StandardCharsets.UTF_8).replaceAll(BEYOND, "");
    return Reply.json(reply.status(), text.replace("{,", "{"));
  }
}
