package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.audit.Actor;
import io.consigne.core.keys.KeyRef;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.tree.FolderRef;
import io.consigne.server.http.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under 200 requests a second, none succeeds that began after the end of its key was answered, nor
 * one whose body came after that.
 */
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

  /** The answer to a call whose last byte is sent when {@code end} has ended what opened it. */
  private String held(String authorization, String path, String body, Runnable end)
      throws IOException {
    try (var wire = new Wire(host.port())) {
      wire.send("POST " + path + " HTTP/1.1|Host: files.example.org|Connection: close|")
          .send("Content-Type: application/json|" + authorization + "Expect: 100-continue|")
          .send("Content-Length: " + body.length() + "||");
      assertThat(wire.head()).as("the caller is known").isEqualTo("HTTP/1.1 100");
      wire.send(body.substring(0, body.length() - 1));
      end.run();
      return new String(wire.send(body.substring(body.length() - 1)).rest(), UTF_8);
    }
  }

  private static String bearer(String key) {
    return "Authorization: Bearer " + key + "|";
  }

  @Test
  void bodyHeldAcrossTheEndOfItsKey_doesNothing() throws IOException {
    var bodies =
        Map.of(
            "/v1/key/add.cgi", "{\"name\":\"thief\",\"scopes\":[\"read\"]}",
            "/v1/key/regenerate.cgi", "{}",
            "/v1/webhook/add.cgi", "{\"url\":\"https://hooks.example.org/\"}",
            "/v1/folder/mkdir.cgi", "{\"name\":\"Theirs\"}",
            "/v1/folder/share.cgi", "{\"folder_id\":0,\"share\":1}");
    String key = host.key(ALICE);
    for (Map.Entry<String, String> one : bodies.entrySet()) {
      var next = new AtomicReference<String>();
      String answer =
          held(
              bearer(key),
              one.getKey(),
              one.getValue(),
              () -> next.set(host.domain().keys().regenerate(alice.account()).reveal()));
      assertThat(RawCall.status(answer)).as(one + " " + answer).isEqualTo(401);
      key = next.get();
      assertThat(RawCall.send(host.port(), "GET /v1/key/verify.cgi", bearer(key), ""))
          .contains("\"state\":\"active\"");
    }
    assertThat(host.domain().keys().list(alice.account()))
        .noneMatch(made -> made.name().equals("thief"));
    assertThat(host.domain().folders().view(alice, FolderRef.ROOT).folders()).isEmpty();
    assertThat(host.domain().folders().view(alice, FolderRef.ROOT).folder().shareToken()).isEmpty();
  }

  @Test
  void bodyHeldWhileItsKeyGetsFewerScopes_doesNothing() throws IOException {
    var fewer = new KeyWish(null, List.of("account"), null, null, null, null);
    String answer =
        held(
            bearer(secret),
            "/v1/folder/ls.cgi",
            "{\"folder_id\":0}",
            () ->
                host.domain()
                    .keys()
                    .changes(Actor.OPERATOR)
                    .set(alice.account(), KeyRef.parse("script"), fewer));
    assertThat(RawCall.status(answer)).as(answer).isEqualTo(401);
  }

  @Test
  void bodyHeldAcrossANewPasswordOrTheEndOfTheAccount_doesNothing() throws IOException {
    String login = "Authorization: Basic " + basic() + "|";
    String body = "{\"name\":\"thief\",\"scopes\":[\"read\"]}";
    Accounts accounts = host.domain().accounts();
    String hash = host.domain().passwords().hash(WiredHost.PASSWORD);
    assertThat(
            held(login, "/v1/key/add.cgi", body, () -> accounts.setPassword(alice.account(), hash)))
        .startsWith("HTTP/1.1 401");
    assertThat(
            held(login, "/v1/key/add.cgi", body, () -> accounts.setDisabled(alice.account(), true)))
        .startsWith("HTTP/1.1 401");
    assertThat(host.domain().keys().list(alice.account())).hasSize(2);
  }

  /** The page of a link gave who had no key any more an address of the file. */
  @Test
  void formHeldAcrossTheEndOfItsKey_opensNothing() throws IOException {
    String link;
    try (var owner = new Uploading(host, ALICE)) {
      byte[] file = Uploading.body("", "one", new byte[10]);
      link = owner.kept(owner.post(file)).path("download").asString().replaceFirst(".*/", "/");
    }
    assertThat(held(bearer(secret), link, "pass=x", () -> {})).startsWith("HTTP/1.1 302");
    String answer =
        held(
            bearer(secret),
            link,
            "pass=x",
            () ->
                host.domain()
                    .keys()
                    .changes(Actor.OPERATOR)
                    .revoke(alice.account(), KeyRef.parse("script")));
    assertThat(RawCall.status(answer)).as(answer).isEqualTo(401);
  }

  @Test
  void bodyHeldWhileNothingEnds_isAnswered() throws IOException {
    assertThat(held(bearer(secret), "/v1/folder/ls.cgi", "{\"folder_id\":0}", () -> {}))
        .startsWith("HTTP/1.1 200");
  }

  private static String basic() {
    return Base64.getEncoder().encodeToString((ALICE + ":" + WiredHost.PASSWORD).getBytes(UTF_8));
  }

  private record Sent(long begun, int status) {}
}
