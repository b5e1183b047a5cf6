package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Answers {@code POST /v1/*.cgi} with JSON: finds the endpoint, the caller and the body. */
final class V1 implements Handler {
  /** What every path here begins with. */
  static final String PREFIX = "/v1/";

  private static final String UPLOAD_SERVER = "upload/get_upload_server.cgi";

  private final Callers callers;
  private final Map<String, Endpoint> endpoints;
  private final OpenEndpoint uploadServer;
  private final RefusedCalls refused;
  private final KeyReport report;
  private final JsonBodies bodies = new JsonBodies();

  V1(
      Callers callers,
      Map<String, Endpoint> endpoints,
      OpenEndpoint uploadServer,
      RefusedCalls refused,
      KeyReport report) {
    this.refused = refused;
    this.report = report;
    this.callers = callers;
    this.endpoints = endpoints;
    this.uploadServer = uploadServer;
  }

  /** The addresses behind the prefix. */
  Set<String> addresses() {
    var all = new TreeSet<String>(endpoints.keySet());
    all.add(UPLOAD_SERVER);
    all.add(KeyReport.PATH);
    return all;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String path = exchange.path().substring(PREFIX.length());
    Endpoint endpoint = endpoints.get(path);
    if (path.equals(UPLOAD_SERVER)) {
      answerOpen(exchange);
    } else if (endpoint == null && !path.equals(KeyReport.PATH)) {
      throw new Failure.NotFound().asException();
    } else if (!exchange.method().equals("POST")) {
      exchange.header("Allow", "POST");
      JsonAnswer.refuse(exchange, Refusal.METHOD);
    } else if (!isJson(exchange)) {
      JsonAnswer.refuse(exchange, Refusal.NOT_JSON);
    } else if (endpoint == null) {
      report.handle(exchange);
    } else {
      answer(exchange, endpoint);
    }
  }

  private void answerOpen(Exchange exchange) throws IOException {
    boolean get = exchange.method().equals("GET") || exchange.method().equals("HEAD");
    if (!get && !exchange.method().equals("POST")) {
      exchange.header("Allow", "GET, POST");
      JsonAnswer.refuse(exchange, Refusal.METHOD);
    } else if (!isJson(exchange)) {
      JsonAnswer.refuse(exchange, Refusal.NOT_JSON);
    } else {
      bodies.with(
          exchange,
          WireLimits.OPEN_JSON_BODY_BYTES,
          bytes -> {
            JsonRequest body = JsonRequest.parse(bytes);
            JsonAnswer.send(exchange, body, uploadServer.call(exchange.origin()));
          });
    }
  }

  private void answer(Exchange exchange, Endpoint endpoint) throws IOException {
    Access access = callers.byKey(exchange);
    bodies.with(
        exchange,
        WireLimits.JSON_BODY_BYTES,
        bytes -> {
          JsonRequest body = JsonRequest.parse(bytes);
          var call = new Call(access, exchange.clientAddress(), exchange.origin(), body);
          JsonAnswer.send(exchange, body, noted(exchange.path(), call, endpoint));
        });
  }

  private Endpoint.Answer noted(String path, Call call, Endpoint endpoint) {
    try {
      return endpoint.call(call);
    } catch (FailureException e) {
      refused.note(call.access(), path, call.body().named(), e.failure());
      throw e;
    }
  }

  private static boolean isJson(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter("application/json"::equals)
        .isPresent();
  }
}
