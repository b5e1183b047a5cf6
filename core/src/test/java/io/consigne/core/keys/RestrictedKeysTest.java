package io.consigne.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FolderRef;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys that may do less than everything. */
class RestrictedKeysTest extends OnEachDatabase {
  private final KeyChanges changes = host.keys.changes(Actor.OPERATOR);
  private final Access alice = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");

  RestrictedKeysTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private KeyChanges.Made add(KeyWish wish) {
    return changes.add(alice.account(), wish);
  }

  private static KeyWish named(String name) {
    return new KeyWish(name, List.of("read"), null, null, null, null);
  }

  private static KeyWish from(String... blocks) {
    return new KeyWish("k", List.of("read"), null, List.of(blocks), null, null);
  }

  private static KeyWish until(String end) {
    return new KeyWish("k", List.of("read"), null, null, end, null);
  }

  private static KeyWish in(String folder) {
    return new KeyWish("k", List.of("read"), folder, null, null, null);
  }

  private boolean opens(ApiKey key) {
    return host.open(key, TestHost.CALLER).isPresent();
  }

  private @Nullable KeyState state(ApiKey key) {
    return host.keys.verify(key).map(Keys.Verdict::state).orElse(null);
  }

  @Test
  void add_tooMany_conflict_untilOneIsRevoked() {
    for (int i = 0; i < KeyLimits.KEYS; i++) {
      add(named("key " + i));
    }
    assertThat(Refusal.of(() -> add(named("more"))))
        .isEqualTo(
            new Failure.Conflict("An account can have 1000 restricted keys; revoke some first"));
    changes.revoke(alice.account(), new KeyRef.ByName("key 7"));
    assertThat(opens(add(named("more")).secret())).isTrue();
    assertThat(host.keys.list(alice.account())).hasSize(KeyLimits.KEYS + 1);
  }

  @Test
  void add_everything_isWhatTheKeyOpens() {
    KeyChanges.Made made =
        add(
            new KeyWish(
                "phone",
                List.of("read", "share"),
                Long.toString(docs.value()),
                List.of("192.0.2.0/24", "2001:db8::/32"),
                "2d",
                5L));
    Access opened = host.open(made.secret(), TestHost.CALLER).orElseThrow();
    assertThat(opened.account()).isEqualTo(alice.account());
    assertThat(opened.rights()).containsExactlyInAnyOrder(Right.READ, Right.SHARE);
    assertThat(opened.root()).isEqualTo(docs);
    var terms = opened.terms().orElseThrow();
    assertThat(terms.master()).isFalse();
    assertThat(terms.rate()).contains(5L);
    assertThat(terms.expires()).contains(TestClock.START.plus(Duration.ofDays(2)));
    KeyInfo listed = host.keys.list(alice.account()).getFirst();
    assertThat(listed.restriction()).isEqualTo(made.info().restriction());
    assertThat(listed.kind()).isEqualTo("restricted");
    assertThat(listed.name()).isEqualTo("phone");
    assertThat(listed.restriction().scopeWords()).containsExactly("read", "share");
  }

  @Test
  void master_isTheOneThatManages() {
    ApiKey master = host.keys.regenerate(alice.account());
    host.open(master, TestHost.CALLER).orElseThrow().requireMaster("keys");
    alice.requireMaster("keys");
    var all = List.of("read", "write", "delete", "share", "remote", "account");
    ApiKey other = add(new KeyWish("all", all, null, null, null, null)).secret();
    Access opened = host.open(other, TestHost.CALLER).orElseThrow();
    assertThat(opened.rights()).containsExactlyInAnyOrder(Right.values());
    assertThat(Refusal.of(() -> opened.requireMaster("keys")))
        .isEqualTo(new Failure.NotAllowed("keys are for the master key, or e-mail and password"));
    assertThat(opens(master)).as("the master key beside it").isTrue();
  }

  @Test
  void address_outsideTheBlocks_isRefused_andCountsAsNoUse() {
    ApiKey key = add(from("192.0.2.0/25", "2001:db8:1::/48", "198.51.100.9")).secret();
    for (String good :
        List.of(
            "192.0.2.0",
            "192.0.2.127",
            "::ffff:192.0.2.127",
            "2001:db8:1::",
            "2001:db8:1:ffff:ffff:ffff:ffff:ffff",
            "198.51.100.9")) {
      assertThat(host.open(key, caller(good))).as(good).isPresent();
    }
    for (String bad :
        List.of(
            "192.0.2.128",
            "192.0.1.255",
            "::ffff:192.0.2.128",
            "::192.0.2.1",
            "2001:db8:2::",
            "2001:db8:0:ffff::",
            "198.51.100.8",
            "::1")) {
      assertThat(Refusal.of(() -> host.open(key, caller(bad))))
          .as(bad)
          .isEqualTo(new Failure.NotAllowed("this key is not for your address"));
    }
    assertThat(host.keys.use().days(alice.account(), 1).getFirst().calls()).isEqualTo(6);
    assertThat(host.keys.list(alice.account()).getFirst().used().address())
        .isEqualTo("198.51.100.9");
  }

  private static Caller caller(String address) {
    return new Caller(InetAddress.ofLiteral(address), "");
  }

  @Test
  void block_ofIpv4WrittenAsIpv6_isIpv4() {
    ApiKey key = add(from("::ffff:192.0.2.0/120")).secret();
    assertThat(opens(key)).isTrue();
    assertThat(Refusal.of(() -> host.open(key, caller("192.0.3.1"))))
        .isEqualTo(new Failure.NotAllowed("this key is not for your address"));
  }

  @Test
  void expiry_isTheLastMomentThatTheKeyIsDead() {
    ApiKey key = add(until("1h")).secret();
    host.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(opens(key)).isTrue();
    assertThat(state(key)).isEqualTo(KeyState.ACTIVE);
    host.clock.advance(Duration.ofMillis(1));
    assertThat(opens(key)).isFalse();
    assertThat(state(key)).isEqualTo(KeyState.EXPIRED);
  }

  @Test
  void set_takesAndGives_andLeavesTheRest() {
    KeyChanges.Made made = add(in("/Docs"));
    KeyRef ref = new KeyRef.ById(made.info().id());
    changes.set(alice.account(), ref, new KeyWish("new", List.of("write"), null, null, "1d", 7L));
    Access opened = host.open(made.secret(), TestHost.CALLER).orElseThrow();
    assertThat(opened.rights()).containsExactly(Right.WRITE);
    assertThat(opened.root()).isEqualTo(docs);
    changes.set(
        alice.account(), KeyRef.parse("new"), new KeyWish(null, null, "0", List.of(), "", 0L));
    opened = host.open(made.secret(), TestHost.CALLER).orElseThrow();
    assertThat(opened.root()).isEqualTo(alice.root());
    assertThat(opened.terms().orElseThrow().expires()).isEmpty();
    assertThat(opened.terms().orElseThrow().rate()).isEmpty();
    assertThat(opened.rights()).containsExactly(Right.WRITE);
  }

  @Test
  void epoch_isRaisedByRestrictions_notByNames() {
    KeyChanges.Made made = add(named("k"));
    KeyRef ref = new KeyRef.ById(made.info().id());
    changes.set(alice.account(), ref, named("other"));
    assertThat(epoch(made.secret())).isZero();
    changes.set(alice.account(), ref, from("192.0.2.0/24"));
    assertThat(epoch(made.secret())).isEqualTo(1);
  }

  /** What runs with a key that may do more goes on. */
  @Test
  void epoch_isRaisedByWhateverIsLess_andByNothingThatIsMore() {
    KeyChanges.Made made = add(named("k"));
    KeyRef ref = new KeyRef.ById(made.info().id());
    List<KeyWish> less =
        List.of(
            new KeyWish(null, null, "/Docs", null, null, null),
            new KeyWish(null, null, null, List.of("192.0.2.0/24", "198.51.100.0/24"), null, null),
            new KeyWish(null, null, null, List.of("192.0.2.0/24"), null, null),
            new KeyWish(null, null, null, null, "2d", null),
            new KeyWish(null, null, null, null, "1d", null),
            new KeyWish(null, List.of("write"), null, null, null, null));
    for (int i = 0; i < less.size(); i++) {
      changes.set(alice.account(), ref, less.get(i));
      assertThat(epoch(made.secret())).as(less.get(i).toString()).isEqualTo(i + 1);
    }
    List<KeyWish> more =
        List.of(
            new KeyWish(null, null, null, null, null, 5L),
            new KeyWish(null, null, null, null, null, 2L),
            new KeyWish(null, List.of("write", "read"), null, null, null, null),
            new KeyWish(null, null, "/", null, null, null),
            new KeyWish(null, null, null, null, "3d", null),
            new KeyWish(null, null, null, null, "", null),
            new KeyWish(null, null, null, List.of("192.0.2.0/24", "203.0.113.0/24"), null, null),
            new KeyWish(null, null, null, List.of(), null, null));
    for (KeyWish wish : more) {
      changes.set(alice.account(), ref, wish);
      assertThat(epoch(made.secret())).as(wish.toString()).isEqualTo(less.size());
    }
  }

  private long epoch(ApiKey key) {
    return host.open(key, TestHost.CALLER).orElseThrow().terms().orElseThrow().epoch();
  }

  @Test
  void nonsense_isRefused() {
    invalid(named(""), "name must have 1 to 100 characters");
    invalid(named("x".repeat(101)), "name must have 1 to 100 characters");
    invalid(named("master"), "name is what commands call the master key: master");
    for (String name : List.of("17", " a", "a\nb", "a\u202eb")) {
      assertThat(Refusal.of(() -> add(named(name)))).as(name).isInstanceOf(Failure.Invalid.class);
    }
    invalid(new KeyWish("k", null, null, null, null, null), "scopes is missing");
    invalid(new KeyWish(null, List.of("read"), null, null, null, null), "name is missing");
    String words = "read, write, delete, share, remote, account";
    invalid(
        new KeyWish("k", List.of(), null, null, null, null),
        "scopes must be at least one of " + words);
    invalid(
        new KeyWish("k", List.of("READ"), null, null, null, null),
        "scopes must be of " + words + ": READ");
    for (String block : List.of("192.0.2.0/33", "localhost", "192.0.2.010", "", "::/129")) {
      assertThat(Refusal.of(() -> add(from(block)))).as(block).isInstanceOf(Failure.Invalid.class);
    }
    for (String end : List.of("0", "0s", "yesterday", "2020-01-01T00:00:00Z", "5y")) {
      assertThat(Refusal.of(() -> add(until(end)))).as(end).isInstanceOf(Failure.Invalid.class);
    }
    for (long rate : List.of(-1L, 1001L)) {
      invalid(
          new KeyWish("k", List.of("read"), null, null, null, rate),
          "rate must be from 0 to 1000: " + rate);
    }
    assertThat(host.keys.list(alice.account())).isEmpty();
  }

  private void invalid(KeyWish wish, String message) {
    assertThat(Refusal.of(() -> add(wish)).message()).isEqualTo(message);
  }

  @Test
  void folder_mustBeTheAccountsOwn() {
    Access bob = host.newAccount();
    FolderId his = host.folder(bob, "His");
    host.share(bob, his, alice, true, false);
    for (String folder :
        List.of(Long.toString(his.value()), "999999999", "/His", "/Docs/..", "/Docs/None")) {
      assertThat(Refusal.of(() -> add(in(folder)))).as(folder).isEqualTo(Refusal.NOT_FOUND);
    }
    assertThat(Refusal.of(() -> add(in("Docs")))).isInstanceOf(Failure.Invalid.class);
    assertThat(add(in("//Docs/")).info().restriction().folder()).contains(docs);
  }

  @Test
  void folderThatIsGone_opensNothing() {
    ApiKey key = add(in("/Docs")).secret();
    host.folders.remove(alice, FolderRef.of(docs));
    Access opened = host.open(key, TestHost.CALLER).orElseThrow();
    assertThat(Refusal.of(() -> host.folders.view(opened, FolderRef.ROOT)))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void name_isTakenUntilItsKeyIsRevoked_andOthersHaveTheirOwn() {
    add(named("k"));
    assertThat(Refusal.of(() -> add(named("k"))))
        .isEqualTo(new Failure.Conflict("There is a key of that name already: k"));
    KeyChanges.Made other = add(named("other"));
    assertThat(
            Refusal.of(
                () -> changes.set(alice.account(), new KeyRef.ById(other.info().id()), named("k"))))
        .isEqualTo(new Failure.Conflict("There is a key of that name already: k"));
    changes.add(host.newAccount().account(), named("k"));
    changes.revoke(alice.account(), KeyRef.parse("k"));
    assertThat(opens(add(named("k")).secret())).isTrue();
  }

  @Test
  void revoke_isAtOnce_andTheKeyStaysKnown() {
    KeyChanges.Made made = add(named("k"));
    changes.revoke(alice.account(), KeyRef.parse("k"));
    assertThat(opens(made.secret())).isFalse();
    assertThat(state(made.secret())).isEqualTo(KeyState.REVOKED);
    assertThat(Refusal.of(() -> changes.revoke(alice.account(), new KeyRef.ById(made.info().id()))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(state(ApiKey.draw(host.random))).isNull();
  }

  @Test
  void keysOfAnother_areNotFound() {
    KeyRef his = new KeyRef.ById(changes.add(host.newAccount().account(), named("k")).info().id());
    for (KeyRef ref : List.of(his, KeyRef.parse("k"), KeyRef.parse("k\0"))) {
      assertThat(Refusal.of(() -> changes.revoke(alice.account(), ref)))
          .isEqualTo(Refusal.NOT_FOUND);
      assertThat(Refusal.of(() -> changes.set(alice.account(), ref, named("x"))))
          .isEqualTo(Refusal.NOT_FOUND);
      assertThat(Refusal.of(() -> changes.rotate(alice.account(), ref, Duration.ZERO)))
          .isEqualTo(Refusal.NOT_FOUND);
    }
  }

  @Test
  void masterKey_cannotBeRestricted() {
    host.keys.regenerate(alice.account());
    KeyRef master = new KeyRef.ById(host.keys.list(alice.account()).getFirst().id());
    assertThat(Refusal.of(() -> changes.set(alice.account(), master, from("192.0.2.0/24"))))
        .isEqualTo(new Failure.Conflict("The master key can do everything, and stays so"));
  }

  @Test
  void regenerate_leavesRestrictedKeysAlone() {
    ApiKey key = add(named("k")).secret();
    host.keys.regenerate(alice.account());
    host.keys.revokeMaster(alice.account());
    assertThat(opens(key)).isTrue();
  }

  @Test
  void closedAccount_isSaid() {
    ApiKey key = add(named("k")).secret();
    host.accounts.setDisabled(alice.account(), true);
    assertThat(opens(key)).isFalse();
    assertThat(state(key)).isEqualTo(KeyState.CLOSED);
  }
}
