package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Audit;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.limits.CallsAtOnce;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.http.MalformedBody;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Answers {@code POST /v1/*.cgi} with JSON: finds the endpoint, the caller and the body. */
final class V1 implements Handler {
  /** What every path here begins with. */
  static final String PREFIX = "/v1/";

  private final Callers callers;
  private final Gate gate;
  private final Map<String, Endpoint> endpoints;
  private final Map<String, Handler> open;
  private final Audit audit;
  private final JsonBodies bodies = new JsonBodies();

  /**
   * Answers by these.
   *
   * @param endpoints who answers a caller that is known, by path
   * @param open who answers anybody, by path
   */
  V1(
      Callers callers,
      Gate gate,
      Map<String, Endpoint> endpoints,
      Map<String, Handler> open,
      Audit audit) {
    this.callers = callers;
    this.gate = gate;
    this.endpoints = endpoints;
    this.open = open;
    this.audit = audit;
  }

  /** The addresses behind the prefix. */
  Set<String> addresses() {
    var all = new TreeSet<String>(endpoints.keySet());
    all.addAll(open.keySet());
    return all;
  }

  /** Whether a request to this address behind the prefix is answered by what it is for. */
  boolean owns(String method, String address) {
    boolean takesFiles = address.equals(UploadServer.PATH);
    return method.equals("POST")
        ? takesFiles || endpoints.containsKey(address)
        : takesFiles && (method.equals("GET") || method.equals("HEAD"));
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String path = exchange.path().substring(PREFIX.length());
    Handler anybody = open.get(path);
    Endpoint endpoint = endpoints.get(path);
    if (anybody != null) {
      anybody.handle(exchange);
    } else if (endpoint != null && takes(exchange)) {
      answer(exchange, endpoint);
    } else {
      gate.notThere(exchange);
      if (endpoint == null) {
        throw new Failure.NotFound().asException();
      }
      refuse(exchange, List.of("POST"));
    }
  }

  /** Whether a request is a POST of JSON. */
  static boolean takes(Exchange exchange) {
    return exchange.method().equals("POST") && isJson(exchange);
  }

  /** Refuses what comes by another method than these, or is no JSON. */
  static void refuse(Exchange exchange, List<String> methods) throws IOException {
    if (methods.contains(exchange.method())) {
      JsonAnswer.refuse(exchange, Refusal.NOT_JSON);
    } else {
      exchange.header("Allow", String.join(", ", methods));
      JsonAnswer.refuse(exchange, Refusal.METHOD);
    }
  }

  /** Who calls; who manages keys and what tells of them may have lost the one that it had. */
  private Access caller(Exchange exchange) {
    String path = exchange.path().substring(PREFIX.length());
    return path.startsWith(KeyEndpoints.PREFIX) || path.startsWith(WebhookEndpoints.PREFIX)
        ? callers.anyhow(exchange).orElseThrow(() -> callers.unknown(exchange))
        : callers.byKey(exchange);
  }

  private void answer(Exchange exchange, Endpoint endpoint) throws IOException {
    Access access = caller(exchange);
    gate.call(exchange, access);
    try (JsonBodies.Body body = bodies.read(exchange, access.account());
        CallsAtOnce.Place _ = gate.enter(exchange, access, body.patience())) {
      Answered answered = body.use(bytes -> answered(exchange, access, endpoint, bytes));
      JsonAnswer.send(exchange, answered.pretty(), answered.answer());
    }
  }

  private Answered answered(Exchange exchange, Access access, Endpoint endpoint, byte[] bytes)
      throws MalformedBody {
    callers.requireStillKnown(exchange, access);
    JsonRequest body = JsonRequest.parse(bytes);
    endpoint.charge(body).ifPresent(kind -> gate.charge(exchange, access, kind));
    var call =
        new Call(access, exchange.clientAddress(), exchange.origin(), exchange.hosts(), body);
    Endpoint.Answer answer = noted(exchange.path(), call, endpoint);
    boolean pretty = body.flag("pretty").orElse(false);
    body.forget();
    return new Answered(answer, pretty);
  }

  /** What is left of a call while its answer is sent. */
  private record Answered(Endpoint.Answer answer, boolean pretty) {}

  private Endpoint.Answer noted(String path, Call call, Endpoint endpoint) {
    try {
      return endpoint.call(call);
    } catch (FailureException e) {
      audit.refused(call.access().actor(), path, endpoint.named(call.body()), e.failure());
      throw e;
    }
  }

  /** Whether what comes says that it is JSON. */
  static boolean isJson(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter("application/json"::equals)
        .isPresent();
  }
}
