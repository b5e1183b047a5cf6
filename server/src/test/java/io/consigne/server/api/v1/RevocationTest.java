package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Actor;
import io.consigne.core.keys.KeyWish;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under 200 requests a second, none succeeds that began after the end of its key was answered. */
class RevocationTest {
  private static final String ALICE = "alice@example.org";
  private static final int REQUESTS = 200;
  private static final Duration GAP = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private WiredHost host;
  private Access alice;
  private String secret;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    host = new WiredHost(folder);
    alice = host.account(ALICE);
    var wish = new KeyWish("script", List.of("read"), null, null, null, null);
    secret =
        host.domain().keys().changes(Actor.OPERATOR).add(alice.account(), wish).secret().reveal();
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void assertEnds(String bearer, String path, String body) {
    Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    String headers = "Content-Type: application/json|Authorization: Bearer " + bearer + "|";
    long answered;
    try (var requests = Executors.newVirtualThreadPerTaskExecutor();
        var pace = Executors.newSingleThreadScheduledExecutor()) {
      Runnable request =
          () -> {
            long begun = System.nanoTime();
            String answer =
                RawCall.send(host.port(), "POST /v1/folder/ls.cgi", headers, "{\"folder_id\":0}");
            sent.add(new Sent(begun, RawCall.status(answer)));
          };
      var _ =
          pace.scheduleAtFixedRate(
              () -> requests.execute(request), 0, GAP.toNanos(), TimeUnit.NANOSECONDS);
      await().atMost(PATIENCE).until(() -> sent.size() >= REQUESTS);
      String end =
          RawCall.send(
              host.port(),
              "POST /v1/key/" + path,
              "Content-Type: application/json|" + host.bearer(ALICE),
              body);
      answered = System.nanoTime();
      assertThat(RawCall.status(end)).as(end).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> begunAfter(sent, answered) >= REQUESTS);
      pace.shutdownNow();
    }
    assertThat(sent.stream().filter(one -> one.status() == 200)).hasSizeGreaterThan(REQUESTS / 2);
    assertThat(sent.stream().filter(one -> one.begun() > answered))
        .allSatisfy(one -> assertThat(one.status()).isEqualTo(401));
  }

  private static long begunAfter(Queue<Sent> sent, long answered) {
    return sent.stream().filter(one -> one.begun() > answered).count();
  }

  @Test
  void revoked_isDeadWhenThatIsAnswered() {
    assertEnds(secret, "revoke.cgi", "{\"key\":\"script\"}");
  }

  @Test
  void replacedAtOnce_isDeadWhenThatIsAnswered() {
    assertEnds(secret, "rotate.cgi", "{\"key\":\"script\"}");
  }

  @Test
  void masterKey_isDeadWhenItsSuccessorIsAnswered() {
    assertEnds(host.key(ALICE), "regenerate.cgi", "{}");
    assertThat(host.domain().keys().list(alice.account()))
        .anySatisfy(key -> assertThat(key.revoked()).isPresent());
  }

  private record Sent(long begun, int status) {}
}
