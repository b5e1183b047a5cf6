package io.consigne.server.api.v1;

import io.consigne.core.accounts.Span;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.KeyId;
import io.consigne.core.keys.KeyChanges;
import io.consigne.core.keys.KeyDay;
import io.consigne.core.keys.KeyInfo;
import io.consigne.core.keys.KeyLimits;
import io.consigne.core.keys.KeyRef;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.keys.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code /v1/key/*.cgi}, which 1fichier does not have: the keys of the caller's account, for its
 * master key and its password alone.
 */
final class KeyEndpoints {
  /** What the paths of these endpoints begin with: they also take e-mail and password. */
  static final String PREFIX = "key/";

  private final Keys keys;
  private final InstantSource clock;

  KeyEndpoints(Keys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  Map<String, Endpoint> routes() {
    return Map.of(
        "key/add.cgi", this::add,
        "key/ls.cgi", this::list,
        "key/set.cgi", this::set,
        "key/rotate.cgi", this::rotate,
        "key/revoke.cgi", this::revoke,
        "key/regenerate.cgi", this::regenerate);
  }

  private static AccountId account(Call call) {
    call.access().requireMaster("keys");
    return call.access().account();
  }

  private KeyChanges changes(Call call) {
    return keys.changes(call.access());
  }

  private Endpoint.Answer add(Call call) {
    return made(changes(call).add(account(call), wish(call.body())));
  }

  private Endpoint.Answer made(KeyChanges.Made made) {
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeStringProperty("secret", made.secret().reveal());
      KeyJson.members(json, made.info(), clock.instant());
    };
  }

  private static KeyWish wish(JsonRequest body) {
    return new KeyWish(
        body.text("name").orElse(null),
        body.texts("scopes").orElse(null),
        body.number("folder_id").map(id -> Long.toString(id)).orElse(null),
        body.texts("networks").orElse(null),
        body.text("expires").orElse(null),
        body.number("rate").orElse(null));
  }

  private Endpoint.Answer list(Call call) {
    AccountId account = account(call);
    Instant now = clock.instant();
    Duration unused =
        call.body()
            .filled("unused")
            .map(text -> Span.length("unused", text))
            .orElse(KeyLimits.STALE);
    boolean only = call.body().flag("stale").orElse(false);
    Map<KeyId, List<KeyDay>> days =
        keys.use().days(account, days(call.body())).stream()
            .collect(Collectors.groupingBy(KeyDay::key));
    List<KeyInfo> listed =
        keys.list(account).stream().filter(key -> !only || key.isStale(now, unused)).toList();
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeArrayPropertyStart("keys");
      for (KeyInfo key : listed) {
        json.writeStartObject();
        KeyJson.members(json, key, now);
        KeyJson.use(json, key, days.getOrDefault(key.id(), List.of()));
        json.writeNumberProperty("stale", FileJson.bit(key.isStale(now, unused)));
        json.writeEndObject();
      }
      json.writeEndArray();
    };
  }

  private static int days(JsonRequest body) {
    long days = body.number("days").orElse(WireLimits.KEY_DAYS);
    if (days < 0 || days > KeyLimits.DAYS_KEPT) {
      throw new Failure.Invalid(
              "days", Long.toString(days), "must be from 0 to " + KeyLimits.DAYS_KEPT)
          .asException();
    }
    return (int) days;
  }

  private Endpoint.Answer set(Call call) {
    KeyInfo key = changes(call).set(account(call), ref(call), wish(call.body()));
    return json -> {
      Endpoint.Answer.ok(json);
      KeyJson.members(json, key, clock.instant());
    };
  }

  private Endpoint.Answer rotate(Call call) {
    AccountId account = account(call);
    Duration overlap =
        call.body()
            .filled("overlap")
            .map(text -> Span.length("overlap", text))
            .orElse(Duration.ZERO);
    return made(changes(call).rotate(account, ref(call), overlap));
  }

  private Endpoint.Answer revoke(Call call) {
    KeyInfo key = changes(call).revoke(account(call), ref(call));
    return json -> {
      Endpoint.Answer.ok(json);
      KeyJson.members(json, key, clock.instant());
    };
  }

  private Endpoint.Answer regenerate(Call call) {
    String secret = changes(call).regenerate(account(call)).reveal();
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeStringProperty("secret", secret);
    };
  }

  private static KeyRef ref(Call call) {
    return KeyRef.parse(call.body().required("key"));
  }
}
