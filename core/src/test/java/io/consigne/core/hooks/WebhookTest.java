package io.consigne.core.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Messages reach a real receiver: signed, at least once, always with the same id. */
class WebhookTest extends OnEachHookScene {
  WebhookTest(TestDatabases.Kind kind) {
    super(kind);
  }

  /** As docs/webhooks.md tells receivers to. */
  private static String hmac(String secret, long seconds, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(UTF_8)));
  }

  @Test
  void upload_isTold_andSigned() throws Exception {
    String secret = scene.add(alice, receiver).secret();
    String link = scene.upload(alice, "hé\"llo.txt", "hello").kept().getFirst().link().value();
    Receiver.Post post = scene.await(receiver, 1).getFirst();
    assertThat(post.path()).isEqualTo("/hook?token=canary1");
    assertThat(post.event()).isEqualTo("upload.done");
    assertThat(post.body())
        .isEqualTo(
            """
            {"version":1,"id":"%s","event":"upload.done","time":"2026-03-01T12:00:00Z",\
            "data":{"folder_id":0,"count":1,"bytes":5,"refused":0,\
            "files":[{"name":"hé\\"llo.txt","bytes":5,"link":"%s"}]}}\
            """
                .formatted(post.message(), link));
    long seconds = TestClock.START.getEpochSecond();
    assertThat(post.signature())
        .isEqualTo("t=" + seconds + ",v1=" + hmac(secret, seconds, post.body()));
    Delivery line = scene.await(alice, "delivered", 1);
    assertThat(line.id()).isEqualTo(post.message());
    assertThat(line.statusOrNull()).isEqualTo(200);
    assertThat(line.reason()).isEmpty();
  }

  @Test
  void receiverThatFails_isAskedAgain_withTheSameMessage() throws Exception {
    receiver.answers(500, 503);
    String secret = scene.add(alice, receiver).secret();
    scene.upload(alice, "a", "a");
    Delivery line = scene.await(alice, "waiting", 1);
    assertThat(line.statusOrNull()).isEqualTo(500);
    assertThat(line.reason()).isEqualTo("The receiver answered 500, which is not 2xx");
    assertThat(line.next().orElseThrow())
        .isBetween(TestClock.START.plusSeconds(5), TestClock.START.plusSeconds(10));
    scene.pass(1);
    scene.await(alice, "waiting", 2);
    scene.pass(2);
    scene.await(alice, "delivered", 3);
    List<Receiver.Post> posts = receiver.posts();
    assertThat(posts).hasSize(3);
    assertThat(posts).extracting(Receiver.Post::body).containsOnly(posts.getFirst().body());
    assertThat(posts)
        .extracting(Receiver.Post::time)
        .containsExactly(
            TestClock.START.getEpochSecond(),
            TestClock.START.getEpochSecond() + 10,
            TestClock.START.getEpochSecond() + 30);
    for (Receiver.Post post : posts) {
      assertThat(post.signature()).endsWith(hmac(secret, post.time(), post.body()));
    }
  }

  @Test
  void receiverThatNeverTakes_isGivenUp() {
    receiver.answers(500, 404, 418, 500);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    for (int i = 1; i < HookScene.QUICK.retries().attempts(); i++) {
      scene.await(alice, "waiting", i);
      scene.pass(i);
    }
    assertThat(scene.await(alice, "failed", 4).reason())
        .isEqualTo("The receiver answered 500, which is not 2xx (given up after 4 tries)");
    assertThat(receiver.posts()).hasSize(4);
  }

  @Test
  void messageThatIsTooOld_isNotTriedAgain() {
    receiver.answers(500, 500);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    scene.await(alice, "waiting", 1);
    scene.clock.advance(HookScene.QUICK.retries().life().plusSeconds(1));
    assertThat(scene.await(alice, "failed", 2).reason()).endsWith("(given up after 2 tries)");
  }

  @Test
  void receiverThatIsGone_isToldWhenItIsBack_acrossARestart_once() {
    scene.add(alice, receiver);
    int port = receiver.port();
    receiver.close();
    scene.upload(alice, "a", "a");
    Delivery line = scene.await(alice, "waiting", 1);
    assertThat(line.status()).isEmpty();
    assertThat(line.reason()).contains(HookScene.ALLOWED);
    scene.stop();
    scene.start();
    receiver = new Receiver(HookScene.ALLOWED, port);
    scene.pass(1);
    assertThat(scene.await(alice, "delivered", 2).id())
        .isEqualTo(scene.await(receiver, 1).getFirst().message())
        .isEqualTo(line.id());
    scene.clock.advance(Duration.ofHours(1));
    scene.upload(alice, "b", "b");
    scene.await(receiver, 2);
    assertThat(receiver.posts()).extracting(Receiver.Post::message).doesNotHaveDuplicates();
  }

  /** What was said and not noted is said again: with the same id, by which receivers know it. */
  @Test
  void hostThatStopsWhileItTells_tellsAgain_withTheSameId() {
    scene.add(alice, receiver);
    receiver.hold();
    scene.upload(alice, "a", "a");
    scene.await(receiver, 1);
    scene.stop();
    receiver.release();
    scene.start();
    scene.await(alice, "delivered", 1);
    List<Receiver.Post> posts = receiver.posts();
    assertThat(posts).hasSize(2);
    assertThat(posts.get(1).message()).isEqualTo(posts.get(0).message());
    assertThat(posts.get(1).body()).isEqualTo(posts.get(0).body());
  }

  /** What a host was at when it was killed is its own, and it goes on with it at once. */
  @Test
  void killedHost_goesOnAtItsStart() {
    receiver.answers(500);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    scene.await(alice, "waiting", 1);
    String node = StoreId.of(scene.database).orElseThrow();
    scene.database.change(sql ->
        sql.update(
            "UPDATE messages SET node = ?, claim = claim + 1, next_at = ?",
            node,
            scene.clock.instant().plus(HookScene.QUICK.sending().claim())));
    scene.stop();
    scene.start();
    scene.await(alice, "delivered", 2);
    assertThat(receiver.posts()).hasSize(2);
    assertThat(receiver.posts().getFirst().message())
        .isEqualTo(receiver.posts().getLast().message());
  }

  /** A node that died holds its claim until that runs out, and what it says then is void. */
  @Test
  void claimOfADeadNode_runsOut() {
    receiver.answers(500);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    scene.await(alice, "waiting", 1);
    scene.database.change(sql ->
        sql.update(
            "UPDATE messages SET node = 'dead', claim = claim + 1, next_at = ?",
            scene.clock.instant().plus(HookScene.QUICK.sending().claim())));
    scene.clock.advance(HookScene.QUICK.sending().claim().minusSeconds(1));
    scene.webhooks().test(alice, scene.webhooks().list(alice).getFirst().id());
    scene.await(receiver, 2);
    assertThat(receiver.posts().getLast().event()).isEqualTo("test");
    scene.clock.advance(Duration.ofSeconds(1));
    scene.await(receiver, 3);
    assertThat(receiver.posts().getLast().message())
        .isEqualTo(receiver.posts().getFirst().message());
  }

  /** Each message to a receiver that is gone once took a place for as long as it did not answer. */
  @Test
  void receiverThatDoesNotAnswer_rests_andIsThenToldAll() {
    receiver.answers(Receiver.NO_ANSWER);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    scene.await(alice, "waiting", 1);
    scene.upload(alice, "b", "b");
    Access bob = scene.account(Plan.PREMIUM);
    scene.add(bob, receiver);
    scene.upload(bob, "c", "c");
    HookScene.until(() -> receiver.posts().size() >= 2);
    assertThat(scene.number("SELECT COUNT(*) FROM messages WHERE claim = 0")).isEqualTo(1);
    assertThat(scene.log(alice).getFirst().attempts()).isZero();
    scene.clock.advance(HookScene.QUICK.resting().first());
    scene.await(alice, "delivered", 1);
    scene.pass(1);
    HookScene.until(
        () -> scene.log(alice).stream().allMatch(line -> line.state().equals("delivered")));
    assertThat(receiver.posts()).hasSize(4);
  }

  /** Those who hold the name system up would have the messages of others given up. */
  @Test
  void messageThatWasNotEvenTried_costsNoTry() {
    scene.crowded.set(HookScene.QUICK.retries().attempts() + 1);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    HookScene.until(() -> {
      scene.clock.advance(HookScene.QUICK.resting().longest());
      return scene.log(alice).getFirst().state().equals("delivered");
    });
    assertThat(scene.log(alice).getFirst().attempts()).isEqualTo(1);
    assertThat(scene.crowded).hasValue(0);
  }

  /** Its owner may have mended the receiver, and would be told that the test was not even tried. */
  @Test
  void test_isSentAtOnce_alsoToOneThatRests() {
    receiver.answers(Receiver.NO_ANSWER);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    scene.await(alice, "waiting", 1);
    HookScene.until(() -> scene.log(alice).getFirst().attempts() == 1);
    scene.webhooks().test(alice, scene.webhooks().list(alice).getFirst().id());
    scene.await(alice, "delivered", 1);
    assertThat(receiver.posts().getLast().event()).isEqualTo("test");
  }

  @Test
  void redirection_isNotFollowed() {
    receiver.answers(307);
    scene.add(alice, receiver);
    scene.upload(alice, "a", "a");
    assertThat(scene.await(alice, "waiting", 1).reason())
        .isEqualTo("The receiver answered 307, and redirections are not followed");
    assertThat(receiver.posts()).hasSize(1);
  }

  @Test
  void addressThatIsNotPublic_isToldNothing_howeverItIsNamed() {
    try (var witness = new Receiver("127.0.0.1", receiver.port())) {
      assertThat(Refusal.of(() -> scene.webhooks().add(alice, witness.url(), List.of())))
          .isEqualTo(
              new Failure.NotAllowed(
                  "This host does not fetch from 127.0.0.1: its address is not public"));
      scene.webhooks().add(alice, "http://localhost:" + witness.port() + "/", List.of());
      scene.upload(alice, "a", "a");
      assertThat(scene.await(alice, "failed", 1).reason())
          .isEqualTo("This host does not fetch from localhost: its address is not public");
      assertThat(witness.posts()).isEmpty();
    }
  }

  @Test
  void slowReceiver_keepsNobodyElseWaiting() {
    scene.add(alice, receiver);
    receiver.hold();
    scene.upload(alice, "a", "a");
    scene.upload(alice, "b", "b");
    scene.await(receiver, 1);
    Access bob = scene.account(Plan.PREMIUM);
    scene.add(bob, receiver);
    scene.upload(bob, "c", "c");
    scene.await(receiver, 2);
    assertThat(receiver.posts().get(1).body()).contains("\"name\":\"c\"");
    assertThat(receiver.posts()).hasSize(2);
    receiver.release();
    scene.await(receiver, 3);
  }
}
