package io.consigne.server.admin;

import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Right;
import io.consigne.core.accounts.Span;
import io.consigne.core.audit.Actor;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Cidr;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.KeyChanges;
import io.consigne.core.keys.KeyInfo;
import io.consigne.core.keys.KeyRef;
import io.consigne.core.keys.KeyState;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.keys.Keys;
import io.consigne.core.keys.Restriction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Carries out what the operator asks for about keys. */
final class KeyRequests {
  private static final String NONE = "-";

  private final Accounts accounts;
  private final Keys keys;
  private final InstantSource clock;

  KeyRequests(Accounts accounts, Keys keys, InstantSource clock) {
    this.accounts = accounts;
    this.keys = keys;
    this.clock = clock;
  }

  AdminAnswer execute(KeyRequest request) {
    return switch (request) {
      case KeyRequest.Verify verify -> verify(verify.secret());
      case KeyRequest.Listing wish -> done(list(wish));
      case KeyRequest.Add wish ->
          done(changes().add(account(wish.account()), wish.wish()).secret().reveal());
      case KeyRequest.Change wish -> {
        AccountId account = account(wish.account());
        String name = changes().set(account, KeyRef.parse(wish.key()), wish.wish()).name();
        yield done("The key " + name + " is changed");
      }
      case KeyRequest.Rotate wish -> {
        AccountId account = account(wish.account());
        Duration overlap = Span.length("overlap", wish.overlap());
        yield done(changes().rotate(account, KeyRef.parse(wish.key()), overlap).secret().reveal());
      }
      case KeyRequest.Regenerate wish -> done(keys.regenerate(account(wish.account())).reveal());
      case KeyRequest.Revoke wish -> {
        KeyInfo key = changes().revoke(account(wish.account()), KeyRef.parse(wish.key()));
        yield done("The key " + shown(key) + " of " + wish.account() + " is revoked");
      }
      case KeyRequest.RevokeMaster wish -> done(revokeMaster(wish.account()));
      case KeyRequest.RevokeFound found -> done(revokeFound(found.secret()));
    };
  }

  private static AdminAnswer done(String text) {
    return new AdminAnswer(true, text);
  }

  private AccountId account(String email) {
    return accounts.get(email).id();
  }

  private KeyChanges changes() {
    return keys.changes(Actor.OPERATOR);
  }

  private String revokeFound(String text) {
    ApiKey key =
        ApiKey.parse(text)
            .orElseThrow(() -> new Failure.Invalid("key", "", "is none").asException());
    return key + (changes().revokeFound(key) ? " is revoked" : " opens nothing here");
  }

  private String revokeMaster(String email) {
    AccountId account = account(email);
    keys.list(account).stream()
        .filter(key -> !key.master() && key.name().equals(KeyWish.MASTER))
        .filter(key -> key.revokedOrNull() == null)
        .findFirst()
        .ifPresent(KeyRequests::refuseAmbiguous);
    return keys.revokeMaster(account)
        ? "The key of " + email + " is revoked"
        : email + " had no key";
  }

  /** A key that was made when such names were free. */
  private static void refuseAmbiguous(KeyInfo other) {
    throw new Failure.Conflict(
            "The key %s is called %s, too: name the one that is meant by its number in key list"
                .formatted(other.id(), KeyWish.MASTER))
        .asException();
  }

  /** What a key is good for; also of one that is dead. */
  private AdminAnswer verify(String text) {
    Optional<Keys.Verdict> found = ApiKey.parse(text).flatMap(keys::verify);
    if (found.isEmpty()) {
      return AdminAnswer.unknownKey(
          ApiKey.parse(text).isPresent()
              ? "no key of this host"
              : "not a key: keys of this host begin with csg_ and have 32 characters");
    }
    return AdminAnswer.of(found.get().state(), told(found.get()));
  }

  private static String told(Keys.Verdict verdict) {
    Restriction limits = verdict.key().restriction();
    return Table.of(
        List.of(
            List.of("key", shown(verdict.key())),
            List.of("state", verdict.state().name().toLowerCase(Locale.ROOT)),
            List.of("scopes", scopes(limits)),
            List.of("folder", folder(limits)),
            List.of("from", networks(limits)),
            List.of("ends", verdict.ends().map(KeyRequests::time).orElse(NONE)),
            List.of("rate", limits.rate().map(rate -> rate + "/s").orElse(NONE))));
  }

  private String list(KeyRequest.Listing wish) {
    AccountId account = account(wish.account());
    Instant now = clock.instant();
    Duration unused = Span.length("stale", wish.unused());
    List<KeyInfo> listed =
        keys.list(account).stream()
            .filter(key -> !wish.onlyStale() || key.isStale(now, unused))
            .toList();
    if (wish.json()) {
      return KeyRows.of(listed, now, unused);
    }
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "KEY",
            "ID",
            "NAME",
            "SCOPES",
            "FOLDER",
            "FROM",
            "RATE",
            "EXPIRES",
            "LAST USED",
            "STATE"));
    listed.forEach(key -> rows.add(row(key, now, unused)));
    return Table.of(rows, wish.columns());
  }

  private static List<String> row(KeyInfo key, Instant now, Duration unused) {
    Restriction limits = key.restriction();
    return List.of(
        key.hint() + "…",
        key.id().toString(),
        shown(key),
        scopes(limits),
        folder(limits),
        networks(limits),
        limits.rate().map(rate -> rate + "/s").orElse(NONE),
        limits.expires().map(KeyRequests::time).orElse(NONE),
        used(key.used()),
        state(key, now, unused));
  }

  private static String shown(KeyInfo key) {
    return key.master() ? "(master)" : key.name();
  }

  private static String scopes(Restriction limits) {
    return limits.scopes().size() == Right.values().length
        ? "all"
        : String.join(",", limits.scopeWords());
  }

  private static String folder(Restriction limits) {
    return limits.folder().map(Object::toString).orElse(NONE);
  }

  private static String networks(Restriction limits) {
    return limits.networks().isEmpty()
        ? NONE
        : limits.networks().stream().map(Cidr::toString).collect(Collectors.joining(","));
  }

  private static String used(KeyInfo.LastUse used) {
    return used.time()
        .map(when -> time(when) + " " + used.address() + " " + used.client())
        .map(String::strip)
        .orElse("never");
  }

  private static String state(KeyInfo key, Instant now, Duration unused) {
    if (key.state(now) == KeyState.REVOKED) {
      return key.revoked().map(when -> "revoked " + time(when)).orElse("revoked");
    }
    if (key.state(now) == KeyState.EXPIRED) {
      return "expired";
    }
    if (key.endsSoon(now)) {
      return "expires soon";
    }
    return key.isStale(now, unused) ? "stale" : "good";
  }

  private static String time(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
