package io.consigne.server.api.v1;

import io.consigne.core.keys.KeyLogin;
import io.consigne.core.keys.Keys;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.limits.Gate;
import java.io.IOException;

/**
 * {@code GET /v1/key/verify.cgi}: what the key in {@code Authorization} is good for, for scripts
 * and health checks. It is no use of the key and charged to nobody, and what the key may do does
 * not matter.
 */
final class KeyVerification implements Handler {
  /** Its path behind {@code /v1/}. */
  static final String PATH = "key/verify.cgi";

  private final KeyLogin keys;
  private final Callers callers;
  private final Gate gate;

  KeyVerification(KeyLogin keys, Callers callers, Gate gate) {
    this.keys = keys;
    this.callers = callers;
    this.gate = gate;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
      gate.notThere(exchange);
      exchange.header("Allow", "GET, HEAD");
      JsonAnswer.refuse(exchange, Refusal.METHOD);
      return;
    }
    Keys.Verdict verdict =
        exchange
            .bearer()
            .flatMap(key -> keys.verify(key, Gate.caller(exchange)))
            .orElseThrow(() -> callers.unknown(exchange));
    verdict.ends().ifPresent(end -> callers.announceEnd(exchange, end));
    boolean here = verdict.key().restriction().allows(exchange.clientAddress());
    JsonAnswer.write(
        exchange,
        false,
        json -> {
          json.writeStartObject();
          Endpoint.Answer.ok(json);
          KeyJson.named(json, verdict.key(), verdict.state());
          KeyJson.restriction(json, verdict.key().restriction());
          json.writeNumberProperty("address_allowed", FileJson.bit(here));
          json.writeStringProperty("created", KeyJson.time(verdict.key().created()));
          verdict.ends().ifPresent(end -> json.writeStringProperty("ends", KeyJson.time(end)));
          json.writeEndObject();
        });
  }
}
