package io.consigne.core.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.KeyTerms;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Seal;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.events.EventKind;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.KeyId;
import io.consigne.core.testing.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Making, looking at and removing webhooks, and how much is remembered of what they were told. */
class WebhooksTest extends OnEachHookScene {
  WebhooksTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void webhook_isListed_withoutItsSecrets() {
    Webhooks.Made made = scene.add(alice, receiver, "fetch.done", "key.made", "fetch.done");
    assertThat(made.secret()).matches("whs_[0-9A-Za-z]{40}");
    assertThat(made.toString()).doesNotContain(made.secret(), "canary");
    Webhook listed = scene.webhooks().list(alice).getFirst();
    assertThat(listed).isEqualTo(made.webhook());
    assertThat(listed.events()).containsExactly(EventKind.FETCH_DONE, EventKind.KEY_MADE);
    assertThat(listed.url()).startsWith("http://127.0.0.2:").doesNotContain("canary");
  }

  /** Whoever looks at the tables sees neither address nor secret. */
  @Test
  void tables_holdNothingInClear() {
    Webhooks.Made made = scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    scene.await(alice, "delivered", 1);
    String all =
        scene.database.read(sql ->
            String.join(
                "\n",
                sql.list(
                    """
                    SELECT url || secret || events AS line FROM webhooks
                    UNION ALL SELECT event || data || reason FROM messages
                    UNION ALL SELECT action || outcome || things FROM audit
                    """,
                    row -> row.text("line"))));
    assertThat(all)
        .contains("webhook.add")
        .doesNotContain(made.secret(), "canary", ":" + receiver.port());
  }

  @Test
  void otherAccounts_seeAndChangeNothingOfIt() {
    long id = scene.add(alice, receiver).webhook().id();
    scene.upload(alice, "a", "a");
    Access bob = scene.account(Plan.PREMIUM);
    assertThat(scene.webhooks().list(bob)).isEmpty();
    assertThat(scene.log(bob)).isEmpty();
    assertThat(Refusal.of(() -> scene.webhooks().log(bob, id, null, 10)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> scene.webhooks().test(bob, id))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> scene.webhooks().remove(bob, id))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(scene.webhooks().list(alice)).hasSize(1);
    assertThat(scene.log(alice)).hasSize(1);
  }

  @Test
  void whatADeadKeyBegan_addsAndRemovesNothing() {
    long id = scene.add(alice, receiver).webhook().id();
    var revoked = new KeyTerms(new KeyId(999_999), 0, true, null, null);
    Access dead = new Access(alice.account(), alice.plan(), alice.rights(), alice.root(), revoked);
    Failure refusal = new Failure.NotAuthenticated();
    assertThat(Refusal.of(() -> scene.add(dead, receiver))).isEqualTo(refusal);
    assertThat(Refusal.of(() -> scene.webhooks().remove(dead, id))).isEqualTo(refusal);
    assertThat(scene.webhooks().list(alice)).hasSize(1);
  }

  @Test
  void restrictedKey_mayNothing() {
    var terms = new KeyTerms(new KeyId(1), 0, false, null, null);
    Access key = new Access(alice.account(), alice.plan(), alice.rights(), alice.root(), terms);
    Failure refusal =
        new Failure.NotAllowed("webhooks are for the master key, or e-mail and password");
    assertThat(Refusal.of(() -> scene.add(key, receiver))).isEqualTo(refusal);
    assertThat(Refusal.of(() -> scene.webhooks().list(key))).isEqualTo(refusal);
    assertThat(Refusal.of(() -> scene.log(key))).isEqualTo(refusal);
    assertThat(Refusal.of(() -> scene.webhooks().test(key, 1))).isEqualTo(refusal);
    assertThat(Refusal.of(() -> scene.webhooks().remove(key, 1))).isEqualTo(refusal);
  }

  @Test
  void whatIsNoAddressOrEvent_isRefused() {
    Webhooks webhooks = scene.webhooks();
    assertThat(Refusal.of(() -> webhooks.add(alice, "ftp://example.org/", List.of())))
        .isEqualTo(
            new Failure.Invalid("url", "ftp://example.org/", "must begin with http or https"));
    assertThat(Refusal.of(() -> webhooks.add(alice, "http://example.org:25/", List.of())))
        .isEqualTo(new Failure.NotAllowed("This host does not fetch from port 25"));
    assertThat(Refusal.of(() -> webhooks.add(alice, "https://e.org/" + "x".repeat(200), List.of())))
        .isEqualTo(new Failure.TooLarge("the length of url", 214, 200));
    for (String word : List.of("fetch", "test", "")) {
      assertThat(Refusal.of(() -> scene.add(alice, receiver, word)))
          .isInstanceOf(Failure.Invalid.class);
    }
    assertThat(webhooks.list(alice)).isEmpty();
  }

  /** Such an address could be added once; then nobody could list or remove any webhook. */
  @Test
  void addressThatIsTakenNoMore_isListed_andCanBeRemoved() {
    long id = scene.add(alice, receiver).webhook().id();
    String address = "https://example.org/" + "あ".repeat(1_000) + "?token=canary";
    String sealed =
        new Seal(scene.database, scene.random).close(address, Webhooks.about(alice.account()));
    scene.database.change(sql -> sql.update("UPDATE webhooks SET url = ?", sealed));
    assertThat(scene.webhooks().list(alice))
        .singleElement()
        .satisfies(hook ->
            assertThat(hook.url()).startsWith("https://example.org/").doesNotContain("canary"));
    scene.webhooks().remove(alice, id);
    assertThat(scene.webhooks().list(alice)).isEmpty();
  }

  @Test
  void webhooks_areFew() {
    for (int i = 0; i < HookScene.QUICK.owned().webhooks(); i++) {
      scene.add(alice, receiver);
    }
    assertThat(Refusal.of(() -> scene.add(alice, receiver)))
        .isEqualTo(
            new Failure.Conflict("There are 3 webhooks already, as many as an account may have"));
    scene.upload(alice, "a", "a");
    assertThat(scene.await(receiver, 3)).extracting(Receiver.Post::message).doesNotHaveDuplicates();
  }

  @Test
  void test_tellsTheWebhookAlone_whateverItWants() {
    long id = scene.add(alice, receiver, "key.made").webhook().id();
    scene.add(alice, receiver);
    Delivery sent = scene.webhooks().test(alice, id);
    assertThat(scene.await(alice, "delivered", 1).id()).isEqualTo(sent.id());
    assertThat(receiver.posts())
        .singleElement()
        .satisfies(post -> {
          assertThat(post.event()).isEqualTo("test");
          assertThat(post.message()).isEqualTo(sent.id());
        });
  }

  @Test
  void removedWebhook_isToldNoMore_andTakesItsLogAlong() {
    receiver.answers(500);
    long id = scene.add(alice, receiver).webhook().id();
    scene.upload(alice, "a", "a");
    scene.await(alice, "waiting", 1);
    scene.webhooks().remove(alice, id);
    scene.clock.advance(Duration.ofHours(1));
    scene.upload(alice, "b", "b");
    assertThat(scene.number("SELECT COUNT(*) FROM messages")).isZero();
    assertThat(receiver.posts()).hasSize(1);
  }

  @Test
  void removedAccount_takesItsWebhooksAlong() {
    scene.add(alice, receiver);
    receiver.hold();
    scene.upload(alice, "a", "a");
    scene.domain.removal().remove(alice.account());
    receiver.release();
    assertThat(scene.number("SELECT COUNT(*) FROM messages")).isZero();
    assertThat(scene.number("SELECT COUNT(*) FROM webhooks")).isZero();
  }

  @Test
  void closedAccount_isToldWhenItIsOpenAgain() {
    scene.add(alice, receiver);
    scene.domain.accounts().setDisabled(alice.account(), true);
    scene.domain.keys().regenerate(alice.account());
    Access bob = scene.account(Plan.PREMIUM);
    scene.add(bob, receiver);
    scene.upload(bob, "a", "a");
    scene.await(bob, "delivered", 1);
    assertThat(receiver.posts()).extracting(Receiver.Post::event).containsExactly("upload.done");
    scene.domain.accounts().setDisabled(alice.account(), false);
    scene.await(receiver, 2);
  }

  @Test
  void log_isRead_pageByPage() {
    scene.add(alice, receiver);
    for (int i = 0; i < 4; i++) {
      scene.upload(alice, "f" + i, "a");
    }
    List<Delivery> newest = scene.webhooks().log(alice, null, null, 3);
    List<Delivery> rest =
        scene.webhooks().log(alice, newest.getFirst().webhook(), newest.getLast().number(), 3);
    assertThat(newest).hasSize(3);
    assertThat(rest).hasSize(1);
    assertThat(rest.getFirst().number()).isLessThan(newest.getLast().number());
  }

  @Test
  void log_isBounded_byNumberAndByAge() {
    scene.add(alice, receiver);
    for (int i = 0; i < 8; i++) {
      scene.upload(alice, "f" + i, "a");
    }
    scene.await(receiver, 8);
    HookScene.until(() -> scene.log(alice).stream().allMatch(l -> l.state().equals("delivered")));
    long newest = scene.log(alice).getFirst().number();
    scene.trim();
    assertThat(scene.log(alice)).hasSize(HookScene.FEW.log());
    assertThat(scene.log(alice).getFirst().number()).isEqualTo(newest);
    scene.clock.advance(HookScene.FEW.kept());
    scene.trim();
    assertThat(scene.log(alice)).hasSize(HookScene.FEW.log());
    scene.clock.advance(Duration.ofMillis(1));
    scene.trim();
    assertThat(scene.log(alice)).isEmpty();
  }

  @Test
  void whatWaits_isBounded_andTheOldestIsGivenUp() {
    receiver.answers(500, 500, 500, 500, 500, 500);
    scene.add(alice, receiver);
    for (int i = 0; i < 6; i++) {
      scene.upload(alice, "f" + i, "a");
    }
    HookScene.until(() -> scene.log(alice).stream().allMatch(line -> line.attempts() == 1));
    scene.trim();
    assertThat(scene.log(alice).reversed().stream().map(Delivery::state))
        .containsExactly("failed", "failed", "waiting", "waiting", "waiting", "waiting");
    assertThat(scene.log(alice).getLast().reason()).isEqualTo("Too many messages waited");
  }

  /** It may stand behind others that are tried all the time, and never come to its first try. */
  @Test
  void whatWaitsTooLong_isGivenUp_triedOrNot() {
    receiver.answers(Receiver.NO_ANSWER);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    scene.await(alice, "waiting", 1);
    scene.upload(alice, "b", "b");
    scene.domain.hooks().close();
    scene.clock.advance(HookScene.QUICK.retries().life());
    scene.trim();
    assertThat(scene.log(alice)).extracting(Delivery::state).containsOnly("waiting");
    scene.clock.advance(Duration.ofMillis(1));
    scene.trim();
    assertThat(scene.log(alice)).extracting(Delivery::state).containsExactly("failed", "failed");
    assertThat(scene.log(alice).getFirst().reason()).isEqualTo("It was not taken in time");
  }

  /** What was to be told of a closed account was given up after two days. */
  @Test
  void whatWaitsForAClosedAccount_isTold_whenItIsOpenAgain() {
    receiver.answers(Receiver.NO_ANSWER);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    scene.await(alice, "waiting", 1);
    scene.domain.accounts().setDisabled(alice.account(), true);
    scene.clock.advance(HookScene.QUICK.retries().life().multipliedBy(2));
    scene.trim();
    assertThat(scene.log(alice)).extracting(Delivery::state).containsExactly("waiting");
  }

  @Test
  void limits_areThese() {
    assertThat(HookLimits.DEFAULT)
        .isEqualTo(
            new HookLimits(
                new HookLimits.Owned(10, 2_000, 1_000, 1_000, Duration.ofDays(30)),
                new HookLimits.Sending(32, Duration.ofMinutes(5), Duration.ofSeconds(1)),
                new HookLimits.Retries(
                    15, Duration.ofSeconds(10), Duration.ofHours(6), Duration.ofDays(2)),
                new HookLimits.Resting(Duration.ofSeconds(2), Duration.ofMinutes(5))));
  }

  @Test
  void id_isAnotherOne_afterTheNumbersBeganAnew() {
    Instant then = Instant.parse("2026-03-01T12:00:00Z");
    assertThat(Message.id(7, then)).isNotEqualTo(Message.id(7, then.plusMillis(1)));
  }
}
