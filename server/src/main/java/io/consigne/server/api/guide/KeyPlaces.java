package io.consigne.server.api.guide;

import io.consigne.core.accounts.Access;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.keys.KeyLogin;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.MalformedBody;
import io.consigne.server.limits.Gate;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where articles tell to put the key: {@code Authorization: Bearer}, or {@code api_key} in address,
 * form or JSON body. A key in an address is seen by proxies, logs and histories, so it is taken
 * only from programs (no cookies), and the answer says so.
 */
final class KeyPlaces {
  /** How the parameter is called. */
  static final String NAME = "api_key";

  /** What the answer says when the key was in the address. */
  static final String WARNING =
      "The API key stood in the address, where logs and histories keep it;"
          + " send Authorization: Bearer instead";

  private static final String[] NAMES = {NAME, "apikey"};

  private final KeyLogin keys;
  private final Gate gate;

  KeyPlaces(KeyLogin keys, Gate gate) {
    this.keys = keys;
    this.gate = gate;
  }

  /** Whether these parameters carry a key. */
  static boolean in(Parameters parameters) {
    return !parameters.all(NAMES).isEmpty();
  }

  /** Whether the address carries a key. */
  static boolean inAddress(Exchange exchange) {
    try {
      return in(ParameterReader.query(exchange));
    } catch (MalformedBody e) {
      return exchange.query().contains(NAMES[0]) || exchange.query().contains(NAMES[1]);
    }
  }

  /**
   * Who calls; the call is charged.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}; {@code Invalid} if
   *     it is not clear which key is meant, or one came in a way that is not taken; {@code
   *     NotAllowed} if the key is not for the caller's address; {@code Locked} after too many
   *     unknown keys; {@code TooFast}
   */
  Access open(Exchange exchange, Parameters query, Parameters body) {
    Access access =
        only(exchange, query, body)
            .flatMap(key -> opened(exchange, key))
            .orElseThrow(() -> unknown(exchange));
    gate.call(exchange, access);
    return access;
  }

  /** A good key at an address that it is not for costs what a bad one does. */
  private Optional<Access> opened(Exchange exchange, String key) {
    try {
      return keys.open(key, Gate.caller(exchange));
    } catch (FailureException e) {
      gate.stranger(exchange);
      throw e;
    }
  }

  private FailureException unknown(Exchange exchange) {
    gate.stranger(exchange);
    return new Failure.NotAuthenticated().asException();
  }

  /**
   * The one key of a request; empty if there is none.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid} as in {@link #open}
   */
  static Optional<String> only(Exchange exchange, Parameters query, Parameters body) {
    if (in(query) && exchange.header("Cookie").isPresent()) {
      throw invalid("is not taken from an address together with cookies");
    }
    Set<String> given = new LinkedHashSet<>(query.all(NAMES));
    given.addAll(body.all(NAMES));
    exchange.bearer().ifPresent(given::add);
    if (given.size() > 1) {
      throw invalid("is there with several values");
    }
    return given.stream().findFirst();
  }

  private static RuntimeException invalid(String rule) {
    return new Failure.Invalid(NAME, "", rule).asException();
  }
}
