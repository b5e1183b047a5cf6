package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.Caller;
import io.consigne.core.keys.Keys;
import io.consigne.core.keys.PasswordLogin;
import io.consigne.server.http.Credentials;
import io.consigne.server.http.Exchange;
import io.consigne.server.limits.Gate;
import java.util.Optional;

/** Finds out who calls: the one place where an {@link Access} is made of a request. */
final class Callers {
  private final Keys keys;
  private final PasswordLogin logins;
  private final Gate gate;

  Callers(Keys keys, PasswordLogin logins, Gate gate) {
    this.keys = keys;
    this.logins = logins;
    this.gate = gate;
  }

  /**
   * The caller by {@code Authorization: Bearer}.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}
   */
  Access byKey(Exchange exchange) {
    return exchange
        .bearer()
        .flatMap(ApiKey::parse)
        .flatMap(key -> keys.open(key, caller(exchange)))
        .orElseThrow(() -> unknown(exchange));
  }

  private FailureException unknown(Exchange exchange) {
    gate.stranger(exchange);
    return new Failure.NotAuthenticated().asException();
  }

  private static Caller caller(Exchange exchange) {
    return new Caller(exchange.clientAddress(), exchange.header("User-Agent").orElse(""));
  }

  /**
   * The caller by key or by e-mail and password; empty if the request carries neither.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated} if what it carries
   *     is wrong
   */
  Optional<Access> anyhow(Exchange exchange) {
    if (exchange.bearer().isPresent()) {
      return Optional.of(byKey(exchange));
    }
    return exchange.basic().map(basic -> byPassword(exchange, basic));
  }

  /**
   * The caller by e-mail and password.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}
   */
  Access byPassword(Exchange exchange, Credentials login) {
    return logins.open(login.user(), login.password()).orElseThrow(() -> unknown(exchange));
  }
}
