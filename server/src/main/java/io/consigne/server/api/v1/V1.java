package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.failure.Failure;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.limits.Gate;
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
  private final Gate gate;
  private final Map<String, Endpoint> endpoints;
  private final OpenEndpoint uploadServer;
  private final KeyVerification verification;
  private final JsonBodies bodies = new JsonBodies();

  V1(
      Callers callers,
      Gate gate,
      Map<String, Endpoint> endpoints,
      OpenEndpoint uploadServer,
      KeyVerification verification) {
    this.callers = callers;
    this.gate = gate;
    this.endpoints = endpoints;
    this.uploadServer = uploadServer;
    this.verification = verification;
  }

  /** The addresses behind the prefix. */
  Set<String> addresses() {
    var all = new TreeSet<String>(endpoints.keySet());
    all.add(UPLOAD_SERVER);
    all.add(KeyVerification.PATH);
    return all;
  }

  /** Whether a request to this address behind the prefix is answered by what it is for. */
  boolean owns(String method, String address) {
    boolean open = address.equals(UPLOAD_SERVER);
    return method.equals("POST")
        ? open || endpoints.containsKey(address)
        : open && (method.equals("GET") || method.equals("HEAD"));
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String path = exchange.path().substring(PREFIX.length());
    Endpoint endpoint = endpoints.get(path);
    if (endpoint != null && exchange.method().equals("POST") && isJson(exchange)) {
      answer(exchange, endpoint);
    } else if (path.equals(KeyVerification.PATH)) {
      verification.handle(exchange);
    } else {
      gate.open(exchange);
      answerKeyless(exchange, path);
    }
  }

  private void answerKeyless(Exchange exchange, String path) throws IOException {
    if (path.equals(UPLOAD_SERVER)) {
      answerOpen(exchange);
    } else if (!endpoints.containsKey(path)) {
      throw new Failure.NotFound().asException();
    } else if (!exchange.method().equals("POST")) {
      exchange.header("Allow", "POST");
      JsonAnswer.refuse(exchange, Refusal.METHOD);
    } else {
      JsonAnswer.refuse(exchange, Refusal.NOT_JSON);
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

  /** Who calls; who manages keys may have lost the one that it had. */
  private Access caller(Exchange exchange) {
    return exchange.path().startsWith(PREFIX + KeyEndpoints.PREFIX)
        ? callers.anyhow(exchange).orElseThrow(() -> callers.unknown(exchange))
        : callers.byKey(exchange);
  }

  private void answer(Exchange exchange, Endpoint endpoint) throws IOException {
    Access access = caller(exchange);
    gate.call(exchange, access);
    bodies.with(
        exchange,
        WireLimits.JSON_BODY_BYTES,
        bytes -> {
          JsonRequest body = JsonRequest.parse(bytes);
          endpoint.charge(body).ifPresent(kind -> gate.charge(exchange, access, kind));
          var call = new Call(access, exchange.clientAddress(), exchange.origin(), body);
          JsonAnswer.send(exchange, body, endpoint.call(call));
        });
  }

  private static boolean isJson(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter("application/json"::equals)
        .isPresent();
  }
}
