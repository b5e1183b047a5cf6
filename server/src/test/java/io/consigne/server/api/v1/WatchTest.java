package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Audit;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.ApiKey;
import io.consigne.server.http.MalformedBody;
import io.consigne.server.http.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log, the defender and the report of found keys, over HTTP. */
class WatchTest {
  private static final String ALICE = "alice@example.org";
  private static final String BOB = "bob@example.org";
  private static final String JSON = "Content-Type: application/json|";

  private WiredHost host;
  private Talk talk;
  private Access alice;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    host = WiredHost.defended(folder);
    talk = new Talk(host.port());
    alice = host.account(ALICE);
    host.account(BOB);
  }

  @AfterEach
  void stop() {
    talk.close();
    host.close();
  }

  private Talk.Said call(String email, String path, String body) {
    return talk.ask("POST /v1/" + path, JSON + "User-Agent: rclone/v1|" + host.bearer(email), body);
  }

  private Talk.Said login(String email, String password) {
    String pair = email + ":" + password;
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return talk.ask("GET /?abcdefghij0123456789&auth=1", "Authorization: Basic " + basic + "|", "");
  }

  private Talk.Said report(String key) {
    return talk.ask("POST /v1/key/report.cgi", JSON, "{\"key\":\"" + key + "\"}");
  }

  @Test
  void audit_tellsWhatWasDoneAndWhatWasRefused() {
    call(ALICE, "folder/mkdir.cgi", "{\"name\":\"Docs\"}");
    call(ALICE, "file/rm.cgi", "{\"files\":[{\"url\":\"https://h/?abcdefghij0123456789\"}]}");
    String log = call(ALICE, "audit.cgi", "{\"count\":2}").text();
    assertThat(log)
        .contains("\"action\":\"folder.make\",\"outcome\":\"done\"")
        .contains("\"actor\":\"key\",\"account\":\"" + ALICE + "\"")
        .contains("\"address\":\"127.0.0.1\",\"client\":\"rclone/v1\"")
        .contains("\"outcome\":\"/v1/file/rm.cgi: Resource not found\"")
        .contains("\"next\":");
    assertThat(call(BOB, "audit.cgi", "{}").text()).doesNotContain("Docs").doesNotContain(ALICE);
  }

  @Test
  void audit_isForWholeAccountsOnly() throws MalformedBody {
    var endpoint = new AuditEndpoint(host.domain().audit(), host.domain().accounts());
    var reader = new Access(alice.account(), alice.plan(), Set.of(Right.READ), alice.root(), null);
    assertThat(refusal(endpoint, reader)).isInstanceOf(Failure.NotAllowed.class);
    var below = new FolderId(alice.root().value() + 1);
    var confined = new Access(alice.account(), alice.plan(), Set.of(Right.ACCOUNT), below, null);
    assertThat(refusal(endpoint, confined))
        .isEqualTo(new Failure.NotAllowed("this key does not see the whole account"));
  }

  private static Failure refusal(AuditEndpoint endpoint, Access access) throws MalformedBody {
    try {
      endpoint.call(
          new Call(
              access,
              InetAddress.getLoopbackAddress(),
              Origin.parse("http://h"),
              Set.of("h"),
              JsonRequest.parse(new byte[0])));
      throw new AssertionError("it was answered");
    } catch (FailureException e) {
      return e.failure();
    }
  }

  /** The page was a dead end that spoke of a flood. */
  @Test
  void wrongPasswordsOfPages_areToldForHowLong_andTheFormStays() {
    byte[] body = Uploading.body("", "a.txt", new byte[1]);
    Talk.Said posted = talk.ask("POST /upload.cgi", Uploading.TYPE + host.bearer(ALICE), body);
    Talk.Said report = talk.ask("GET " + posted.header("Location").orElseThrow(), "JSON: 1|", "");
    String url = Uploading.json(report).path("links").path(0).path("download").asString();
    call(ALICE, "file/chattr.cgi", "{\"urls\":[\"" + url + "\"],\"pass\":\"secret6\"}");
    String made = call(ALICE, "folder/mkdir.cgi", "{\"name\":\"Docs\"}").text();
    String folder = made.replaceFirst("(?s).*\"folder_id\":([0-9]+).*", "$1");
    String share = "{\"folder_id\":" + folder + ",\"share\":1,\"pass\":\"secret6\"}";
    String shared = Uploading.json(call(ALICE, "folder/share.cgi", share)).path("url").asString();
    Talk.Said last = guess(url.substring(url.indexOf("/?")));
    for (int i = 0; i < 30 && last.status() == 403; i++) {
      last = guess(url.substring(url.indexOf("/?")));
    }
    lockedPage(last, "<h1>Protected file</h1>");
    lockedPage(guess(shared.substring(shared.indexOf("/dir/"))), "<h1>Shared folder</h1>");
  }

  private Talk.Said guess(String page) {
    return talk.ask(
        "POST " + page, "Content-Type: application/x-www-form-urlencoded|", "pass=wrong!");
  }

  private static void lockedPage(Talk.Said said, String heading) {
    assertThat(said.status()).as("%s", said).isEqualTo(429);
    String after = said.header("Retry-After").orElseThrow();
    assertThat(said.text())
        .contains(heading, "Too many tries: again in " + after + " s.", "name=\"pass\"")
        .doesNotContain("Flood");
  }

  @Test
  void wrongPasswords_areLockedUntil_andTheKeyIsNot() {
    for (int i = 0; i < 6; i++) {
      assertThat(login(ALICE, "guess " + i).status()).isEqualTo(401);
    }
    Talk.Said locked = login(ALICE, "guess again");
    assertThat(locked.status()).isEqualTo(429);
    assertThat(locked.text()).contains("Flood detected: IP Locked until 20").contains("#412");
    assertThat(Long.parseLong(locked.header("Retry-After").orElseThrow())).isPositive();
    assertThat(login("nobody@example.org", "x").status()).isEqualTo(429);
    assertThat(call(ALICE, "user/info.cgi", "{}").status()).isEqualTo(200);
    assertThat(call(ALICE, "audit.cgi", "{}").text())
        .contains("\"action\":\"login\",\"outcome\":\"wrong password\"");
  }

  @Test
  void unknownKeys_areLockedAtLast_andAKnownOneIsNot() {
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      String key = ApiKey.draw(new SecureRandom()).reveal();
      Talk.Said said =
          talk.ask("POST /v1/user/info.cgi", JSON + "Authorization: Bearer " + key + "|", "{}");
      refused += said.status() == 429 ? 1 : 0;
    }
    assertThat(refused).isBetween(1, 10);
    assertThat(call(ALICE, "user/info.cgi", "{}").status()).isEqualTo(200);
  }

  /** A dead key is no guess: a forgotten script does not lock its address. */
  @Test
  void deadKey_isNotCounted() {
    String dead = host.bearer(BOB);
    report(host.key(BOB));
    for (int i = 0; i < 60; i++) {
      assertThat(talk.ask("POST /v1/user/info.cgi", JSON + dead, "{}").status()).isEqualTo(401);
    }
  }

  @Test
  void report_revokesAndTellsTheOwner_andAnswersAlike() {
    Talk.Said known = report(host.key(ALICE));
    Talk.Said again = report(host.key(ALICE));
    Talk.Said unknown = report(ApiKey.draw(new SecureRandom()).reveal());
    Talk.Said none = report("no key at all");
    assertThat(known.status()).isEqualTo(200);
    for (Talk.Said other : List.of(again, unknown, none)) {
      assertThat(withoutDate(other)).isEqualTo(withoutDate(known));
    }
    assertThat(call(ALICE, "user/info.cgi", "{}").status()).isEqualTo(401);
    assertThat(call(BOB, "user/info.cgi", "{}").status()).isEqualTo(200);
    assertThat(
            host.domain()
                .audit()
                .list(alice.account(), Audit.Reader.OWNER, Instant.EPOCH, null, 100)
                .lines())
        .filteredOn(line -> line.action().equals("key.report"))
        .allSatisfy(line -> {
          assertThat(line.actor()).isEqualTo("stranger");
          assertThat(line.address()).isEqualTo("127.0.0.1");
          assertThat(line.things().getFirst()).doesNotContain(host.key(ALICE));
        })
        .hasSize(1);
  }

  private static String withoutDate(Talk.Said said) {
    return said.head().replaceAll("(?m)^Date:.*$", "") + said.text();
  }

  @Test
  void report_takesAsLongForEveryKey() {
    for (String key : List.of(host.key(ALICE), "no key")) {
      long begin = System.nanoTime();
      report(key);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThanOrEqualTo(WireLimits.REPORT_STEP);
    }
  }
}
