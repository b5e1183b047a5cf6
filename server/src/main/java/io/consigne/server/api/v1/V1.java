package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.failure.Failure;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Answers {@code POST /v1/*.cgi} with JSON: finds the endpoint, the caller and the body. */
final class V1 implements Handler {
  /** What every path here begins with. */
  static final String PREFIX = "/v1/";

  private static final String CAPABILITIES = "capabilities.cgi";
  private static final String UPLOAD_SERVER = "upload/get_upload_server.cgi";

  private final Callers callers;
  private final Map<String, Endpoint> endpoints;
  private final Map<String, OpenEndpoint> open;

  V1(Callers callers, Map<String, Endpoint> endpoints, OpenEndpoint uploadServer) {
    this.callers = callers;
    this.endpoints = endpoints;
    this.open = Map.of(UPLOAD_SERVER, uploadServer, CAPABILITIES, new Capabilities());
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String path = exchange.path().substring(PREFIX.length());
    OpenEndpoint openEndpoint = open.get(path);
    Endpoint endpoint = endpoints.get(path);
    if (openEndpoint != null) {
      answerOpen(exchange, path, openEndpoint);
    } else if (endpoint == null) {
      throw new Failure.NotFound().asException();
    } else if (!exchange.method().equals("POST")) {
      exchange.header("Allow", "POST");
      JsonAnswer.refuse(exchange, Refusal.METHOD);
    } else if (!isJson(exchange)) {
      JsonAnswer.refuse(exchange, Refusal.NOT_JSON);
    } else {
      answer(exchange, endpoint);
    }
  }

  private void answerOpen(Exchange exchange, String path, OpenEndpoint endpoint)
      throws IOException {
    boolean get = exchange.method().equals("GET") || exchange.method().equals("HEAD");
    if (!get && !exchange.method().equals("POST")) {
      exchange.header("Allow", "GET, POST");
      JsonAnswer.refuse(exchange, Refusal.METHOD);
    } else if (path.equals(UPLOAD_SERVER) && !isJson(exchange)) {
      JsonAnswer.refuse(exchange, Refusal.NOT_JSON);
    } else {
      JsonRequest body = JsonRequest.parse(body(exchange));
      JsonAnswer.send(exchange, body, endpoint.call(exchange.origin()));
    }
  }

  private void answer(Exchange exchange, Endpoint endpoint) throws IOException {
    Access access = callers.byKey(exchange);
    JsonRequest body = JsonRequest.parse(body(exchange));
    var call = new Call(access, exchange.clientAddress(), exchange.origin(), body);
    JsonAnswer.send(exchange, body, endpoint.call(call));
  }

  private static boolean isJson(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter("application/json"::equals)
        .isPresent();
  }

  private static byte[] body(Exchange exchange) throws IOException {
    byte[] body = exchange.body().readNBytes(WireLimits.JSON_BODY_BYTES + 1);
    if (body.length > WireLimits.JSON_BODY_BYTES) {
      throw new Failure.TooLarge(
              "body", Math.max(body.length, exchange.contentLength()), WireLimits.JSON_BODY_BYTES)
          .asException();
    }
    return body;
  }
}
