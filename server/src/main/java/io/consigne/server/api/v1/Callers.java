package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.defense.Defender;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Caller;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.Keys;
import io.consigne.core.keys.PasswordLogin;
import io.consigne.server.http.Exchange;
import java.util.Optional;

/** Finds out who calls: the one place where an {@link Access} is made of a request. */
final class Callers {
  private final Keys keys;
  private final PasswordLogin logins;
  private final Defender defender;

  Callers(Keys keys, PasswordLogin logins, Defender defender) {
    this.keys = keys;
    this.defender = defender;
    this.logins = logins;
  }

  /**
   * The caller by {@code Authorization: Bearer}.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}; {@code Locked}
   *     after too many unknown keys
   */
  Access byKey(Exchange exchange) {
    String bearer =
        exchange.bearer().orElseThrow(() -> new Failure.NotAuthenticated().asException());
    Caller caller = caller(exchange);
    Optional<ApiKey> key = ApiKey.parse(bearer);
    Optional<Access> access = key.flatMap(shown -> keys.open(shown, caller));
    if (access.isPresent()) {
      return access.get();
    }
    if (key.filter(keys::isKnown).isEmpty()) {
      defender.unknownKey(caller.address());
    }
    throw new Failure.NotAuthenticated().asException();
  }

  /** Where a request comes from. */
  static Caller caller(Exchange exchange) {
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
    return exchange
        .basic()
        .map(basic -> byPassword(basic.user(), basic.password(), caller(exchange)));
  }

  /**
   * The caller by e-mail and password.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}; {@code Locked}
   *     after too many wrong passwords
   */
  Access byPassword(String email, String password, Caller caller) {
    return logins
        .open(email, password, caller)
        .orElseThrow(() -> new Failure.NotAuthenticated().asException());
  }
}
