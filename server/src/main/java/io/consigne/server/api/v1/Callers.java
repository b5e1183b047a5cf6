package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.KeyTerms;
import io.consigne.core.accounts.Standings;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.keys.KeyLimits;
import io.consigne.core.keys.KeyLogin;
import io.consigne.core.keys.PasswordLogin;
import io.consigne.server.http.Credentials;
import io.consigne.server.http.Exchange;
import io.consigne.server.limits.Gate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who calls: the one place where an {@link Access} is made of a request. */
final class Callers {
  private final KeyLogin keys;
  private final PasswordLogin logins;
  private final Standings standings;
  private final InstantSource clock;
  private final Gate gate;

  Callers(
      KeyLogin keys, PasswordLogin logins, Standings standings, InstantSource clock, Gate gate) {
    this.keys = keys;
    this.logins = logins;
    this.standings = standings;
    this.clock = clock;
    this.gate = gate;
  }

  /** What lets them in. */
  Gate gate() {
    return gate;
  }

  /**
   * The caller by {@code Authorization: Bearer}.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}; {@code NotAllowed}
   *     if the key is not for the caller's address; {@code Locked} after too many unknown keys
   */
  Access byKey(Exchange exchange) {
    Access access = opened(exchange);
    access.terms().flatMap(KeyTerms::expires).ifPresent(end -> announceEnd(exchange, end));
    return access;
  }

  /** Says in the answer when the key ends, if that is soon. */
  void announceEnd(Exchange exchange, Instant end) {
    Instant now = clock.instant();
    if (end.isAfter(now) && !end.isAfter(now.plus(KeyLimits.ANNOUNCED))) {
      exchange.header("Consigne-Key-Expires", KeyJson.time(end));
    }
  }

  private Access opened(Exchange exchange) {
    return exchange
        .bearer()
        .flatMap(key -> open(key, exchange))
        .orElseThrow(() -> unknown(exchange));
  }

  /** A good key at an address that it is not for costs what a bad one does. */
  private Optional<Access> open(String key, Exchange exchange) {
    try {
      return keys.open(key, Gate.caller(exchange));
    } catch (FailureException e) {
      gate.stranger(exchange);
      throw e;
    }
  }

  /** Charges a key or password that nobody has to the address; returns the refusal. */
  FailureException unknown(Exchange exchange) {
    gate.stranger(exchange);
    return new Failure.NotAuthenticated().asException();
  }

  /**
   * Refuses a caller, as one with a dead key, if what opened its account does not do so any more:
   * it may have let much time go by since, with its body or while it waited for its turn.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}
   */
  void requireStillKnown(Exchange exchange, Access access) {
    if (!standings.isGood(access)) {
      throw unknown(exchange);
    }
  }

  /**
   * The caller by key or by e-mail and password; empty if the request has no {@code Authorization}:
   * one that is empty, such as a script's with a variable that is not set, makes no guest.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated} if what it carries
   *     is wrong
   */
  Optional<Access> anyhow(Exchange exchange) {
    Optional<Credentials> basic = exchange.basic();
    if (basic.isPresent()) {
      return Optional.of(byPassword(exchange, basic.get()));
    }
    return exchange.header("Authorization").isPresent()
        ? Optional.of(byKey(exchange))
        : Optional.empty();
  }

  /** Charges a page or an upload to the caller's key, if that has a rate of its own. */
  void chargeOwnRate(Exchange exchange, @Nullable Access caller) {
    if (caller != null) {
      gate.ownRate(exchange, caller);
    }
  }

  /**
   * The caller by e-mail and password.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}
   */
  Access byPassword(Exchange exchange, Credentials login) {
    return logins
        .open(login.user(), login.password(), Gate.caller(exchange))
        .orElseThrow(() -> unknown(exchange));
  }
}
