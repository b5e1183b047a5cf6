package io.consigne.server.api.v1;

import io.consigne.core.audit.Actor;
import io.consigne.core.defense.Defender;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Caller;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.Keys;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * {@code POST /v1/key/report.cgi}: whoever found keys says so, in {@code key} or {@code keys}. They
 * are revoked before the answer, and the log of their accounts tells it. The answer says nothing of
 * that: it is the same, and takes as long, whether there are such keys or not.
 */
final class KeyReport implements Handler {
  /** Its path behind {@code /v1/}. */
  static final String PATH = "key/report.cgi";

  private static final Endpoint.Answer THANKS =
      json -> {
        Endpoint.Answer.ok(json);
        json.writeStringProperty("message", "Thank you. Keys of this host are revoked now");
      };

  private final Keys keys;
  private final Defender defender;

  KeyReport(Keys keys, Defender defender) {
    this.keys = keys;
    this.defender = defender;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (!V1.takes(exchange)) {
      V1.refuse(exchange, List.of("POST"));
      return;
    }
    long begin = System.nanoTime();
    Caller caller = Gate.caller(exchange);
    JsonRequest body = JsonRequest.parse(JsonBodies.small(exchange));
    List<String> found = found(body);
    defender.unknownKey(caller.address());
    found.stream()
        .flatMap(text -> ApiKey.parse(text).stream())
        .forEach(keys.changes(Actor.stranger(caller))::revokeFound);
    pause(begin);
    JsonAnswer.send(exchange, body, THANKS);
  }

  private static List<String> found(JsonRequest body) {
    List<String> found = body.texts("keys").or(() -> body.texts("key")).orElse(List.of());
    if (found.isEmpty()) {
      throw new Failure.Invalid("key", "", "is missing").asException();
    }
    if (found.size() > WireLimits.REPORTED_KEYS) {
      throw new Failure.TooLarge("keys", found.size(), WireLimits.REPORTED_KEYS).asException();
    }
    return found;
  }

  /** Waits for the next full step of time, so that what was done does not show in it. */
  private static void pause(long begin) {
    Duration spent = Duration.ofNanos(System.nanoTime() - begin);
    long steps = spent.dividedBy(WireLimits.REPORT_STEP) + 1;
    try {
      Thread.sleep(WireLimits.REPORT_STEP.multipliedBy(steps).minus(spent));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
