package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Audit;
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
  private final Map<String, Handler> open;
  private final Audit audit;
  private final JsonBodies bodies = new JsonBodies();

  /**
   * Answers by these.
   *
   * @param endpoints who answers a caller that is known, by path
   * @param open who answers anybody, by path, besides {@code uploadServer}
   */
  V1(
      Callers callers,
      Map<String, Endpoint> endpoints,
      OpenEndpoint uploadServer,
      Map<String, Handler> open,
      Audit audit) {
    this.callers = callers;
    this.endpoints = endpoints;
    this.uploadServer = uploadServer;
    this.open = open;
    this.audit = audit;
  }

  /** The addresses behind the prefix. */
  Set<String> addresses() {
    var all = new TreeSet<String>(endpoints.keySet());
    all.add(UPLOAD_SERVER);
    all.addAll(open.keySet());
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
    Handler anybody = open.get(path);
    Endpoint endpoint = endpoints.get(path);
    if (path.equals(UPLOAD_SERVER)) {
      answerOpen(exchange);
    } else if (anybody != null) {
      anybody.handle(exchange);
    } else if (endpoint == null) {
      throw new Failure.NotFound().asException();
    } else if (takes(exchange)) {
      answer(
          exchange,
          path.startsWith(KeyEndpoints.PREFIX) ? person(exchange) : callers.byKey(exchange),
          endpoint);
    }
  }

  /** Whether a request is a POST of JSON; if it is not, it is refused. */
  static boolean takes(Exchange exchange) throws IOException {
    if (!exchange.method().equals("POST")) {
      exchange.header("Allow", "POST");
      JsonAnswer.refuse(exchange, Refusal.METHOD);
      return false;
    }
    if (!isJson(exchange)) {
      JsonAnswer.refuse(exchange, Refusal.NOT_JSON);
      return false;
    }
    return true;
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

  /** Who manages keys may have lost the one that it had. */
  private Access person(Exchange exchange) {
    return callers.anyhow(exchange).orElseThrow(() -> new Failure.NotAuthenticated().asException());
  }

  private void answer(Exchange exchange, Access access, Endpoint endpoint) throws IOException {
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
      audit.refused(call.access().actor(), path, call.body().named(), e.failure());
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
