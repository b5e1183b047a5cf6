package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.audit.Actor;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.limits.FloodLimits;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are too fast, by a time that stands still until it is turned. */
class LimitedCallsTest {
  private static final String JSON = "Content-Type: application/json|";
  private static final String LISTING = "POST /v1/folder/ls.cgi";
  private static final String ALICE = "alice@example.org";
  private static final String ITEM = "\"[a-z-]+\";%s=[0-9]+;%s=[0-9]+";

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private final LimitPolicy policy = new LimitPolicy(LimitTable.DEFAULT, null, nanos::get);

  private static String call(WiredHost host, String line, String headers) {
    return RawCall.send(host.port(), line, headers, line.startsWith("POST") ? "{}" : "");
  }

  /** Lists as fast as it can; returns the first answer that is not 200. */
  private static String flood(WiredHost host) {
    String headers = JSON + host.bearer(ALICE);
    for (int i = 0; i < 30; i++) {
      assertThat(RawCall.status(call(host, LISTING, headers))).isEqualTo(200);
    }
    return call(host, LISTING, headers);
  }

  private static long retryAfter(String answer) {
    Matcher matcher = Pattern.compile("\r\nRetry-After: ([0-9]+)\r\n").matcher(answer);
    assertThat(matcher.find()).as(answer).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void everyAnswer_tellsHowItsLimitsStand() throws IOException {
    try (var host = new WiredHost(folder, policy)) {
      host.account(ALICE);
      String key = host.bearer(ALICE);
      assertThat(fields(call(host, LISTING, JSON + key)))
          .isEqualTo(
              """
              RateLimit-Policy: "key";q=30;w=10, "account";q=60;w=10, "address";q=120;w=10
              RateLimit: "key";r=29;t=1, "account";r=59;t=1, "address";r=119;t=1
              """);
      for (String answer :
          new String[] {
            call(host, "POST /v1/user/info.cgi", JSON + key),
            call(host, "POST /v1/file/ls.cgi", JSON + "Authorization: Bearer none|"),
            call(host, "POST /v1/no/such.cgi", JSON + key),
            call(host, "GET /v1/file/ls.cgi", JSON + key),
            call(host, "POST /v1/file/ls.cgi", key),
            call(host, "POST /v1/file/info.cgi", JSON + key),
            call(host, "GET /v1/upload/get_upload_server.cgi", JSON),
            call(host, "GET /", ""),
            call(host, "GET /end.pl?xid=abc", ""),
            call(host, "GET /dir/AbCdEfGh", "")
          }) {
        assertThat(fields(answer)).as(answer).isNotEmpty();
      }
    }
  }

  /** All of them were free for strangers, as often as they liked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /q1",
        "GET /console/x",
        "GET /pAbCdEfGhIjKlMnOpQrStUvWxYz",
        "POST /upload.cgi",
        "PUT /q1",
        "DELETE /",
        "POST /pAbCdEfGhIjKlMnOpQrStUvWxYz",
        "PUT /upload.cgi"
      })
  void whatNobodyAnswers_isChargedToo(String line) throws IOException {
    try (var host = new WiredHost(folder, policy)) {
      int asked = 0;
      String answer = call(host, line, Uploading.TYPE);
      while (asked < 200 && RawCall.status(answer) != 429) {
        assertThat(fields(answer)).as(answer).isNotEmpty();
        asked++;
        answer = call(host, line, Uploading.TYPE);
      }
      assertThat(asked).isBetween(10, 60);
    }
  }

  /** One device whose download address had ended kept all at its address from uploads. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /q1",
        "GET /pAbCdEfGhIjKlMnOpQrStUvWxYz",
        "GET /v1/file/ls.cgi",
        "POST /v1/no/such.cgi",
        "POST /v1/key/verify.cgi"
      })
  void whatLeadsNowhere_keepsNobodyFromPagesAndUploads(String line) throws IOException {
    try (var host = new WiredHost(folder, policy)) {
      String answer = call(host, line, JSON);
      while (RawCall.status(answer) != 429) {
        answer = call(host, line, JSON);
      }
      assertThat(fields(answer)).contains("\"address-nowhere\";r=0;");
      String server = call(host, "GET /v1/upload/get_upload_server.cgi", JSON);
      assertThat(RawCall.status(server)).as(server).isEqualTo(200);
      assertThat(fields(server)).contains("\"address-open\";r=29;");
    }
  }

  /** The fields, which obey the syntax of structured fields. */
  private static String fields(String answer) {
    var found = new StringBuilder();
    answer
        .lines()
        .filter(line -> line.startsWith("RateLimit"))
        .forEach(line -> {
          String item =
              line.startsWith("RateLimit-Policy: ")
                  ? ITEM.formatted("q", "w")
                  : ITEM.formatted("r", "t");
          assertThat(line).matches("RateLimit(-Policy)?: " + item + "(, " + item + ")*");
          found.append(line).append('\n');
        });
    return found.toString();
  }

  @Test
  void tooFast_is429_untilTheToldTimeHasPassed() throws IOException {
    try (var host = new WiredHost(folder, policy)) {
      host.account(ALICE);
      String refused = flood(host);
      assertThat(RawCall.status(refused)).isEqualTo(429);
      assertThat(refused)
          .endsWith(
              "{\"status\":\"KO\",\"message\":\"Flood detected: User APK Locked for 1 s #412\"}")
          .contains("\r\nRateLimit: \"key\";r=0;t=1,");
      nanos.addAndGet(Duration.ofSeconds(retryAfter(refused)).toNanos());
      assertThat(RawCall.status(call(host, LISTING, JSON + host.bearer(ALICE)))).isEqualTo(200);
    }
  }

  @Test
  void userInfo_isSlower_andWhatItTellsIsTrue() throws IOException {
    try (var host = new WiredHost(folder, policy)) {
      host.account(ALICE);
      String line = "POST /v1/user/info.cgi";
      for (int i = 0; i < 5; i++) {
        assertThat(RawCall.status(call(host, line, JSON + host.bearer(ALICE)))).isEqualTo(200);
      }
      String refused = call(host, line, JSON + host.bearer(ALICE));
      assertThat(refused).contains("Flood detected: User Locked for ", " s #412");
      long seconds = retryAfter(refused);
      assertThat(seconds).isBetween(300L, 301L);
      nanos.addAndGet(Duration.ofSeconds(seconds - 2).toNanos());
      assertThat(RawCall.status(call(host, line, JSON + host.bearer(ALICE)))).isEqualTo(429);
      nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      assertThat(RawCall.status(call(host, line, JSON + host.bearer(ALICE)))).isEqualTo(200);
    }
  }

  @Test
  void wrongKeys_areHeldBack_andTheRightOneIsNot() throws IOException {
    try (var host = new WiredHost(folder, policy)) {
      host.account(ALICE);
      for (int i = 0; i < 20; i++) {
        assertThat(call(host, LISTING, JSON + "Authorization: Bearer wrong|"))
            .startsWith("HTTP/1.1 401");
      }
      assertThat(call(host, LISTING, JSON + "Authorization: Bearer wrong|"))
          .startsWith("HTTP/1.1 429")
          .contains("Flood detected: IP Locked for 1 s #412");
      assertThat(RawCall.status(call(host, LISTING, JSON + host.bearer(ALICE)))).isEqualTo(200);
    }
  }

  /** rclone read the number of a colour of the page, and did not pause. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /end.pl?xid=abc JSON: 1|",
        "GET /end.pl?xid=abc&json=2 ",
        "GET /dir/AbCdEfGh?json=1 ",
        "GET /en/dir/AbCdEfGh?json=2 "
      })
  void tooFastForAPage_isJsonWhereJsonWasAskedFor(String request) throws IOException {
    int end = request.indexOf(' ', "GET ".length());
    try (var host = new WiredHost(folder, policy)) {
      String answer = last(host, request.substring(0, end), request.substring(end + 1));
      assertThat(answer)
          .contains("\r\nContent-Type: application/json")
          .endsWith("\"Flood detected: IP Locked for 1 s #412\"}");
    }
  }

  /** What a form asks for is not known yet when it is refused. */
  @Test
  void tooFastForAForm_hasItsNumberBeforeAllColours() throws IOException {
    try (var host = new WiredHost(folder, policy)) {
      String answer = last(host, "POST /dir/AbCdEfGh", Uploading.TYPE);
      assertThat(answer.replaceFirst("(?s).*?#([0-9]{1,3}).*", "$1")).isEqualTo("412");
    }
  }

  /** Asks until it is too fast; returns that answer. */
  private static String last(WiredHost host, String line, String headers) {
    String answer = call(host, line, headers);
    for (int i = 0; i < 100 && RawCall.status(answer) != 429; i++) {
      answer = call(host, line, headers);
    }
    assertThat(RawCall.status(answer)).as(answer).isEqualTo(429);
    return answer;
  }

  @Test
  void flooding_locksOut_asThe1fichierStyleHasIt() throws IOException {
    try (var host = new WiredHost(folder, policy.with(FloodLimits.DEFAULT))) {
      host.account(ALICE);
      String refused = flood(host);
      assertThat(RawCall.status(refused)).isEqualTo(403);
      assertThat(refused).endsWith("\"Flood detected: User APK Locked #412\"}");
      assertThat(retryAfter(refused)).isEqualTo(10);
      nanos.addAndGet(Duration.ofSeconds(5).toNanos());
      assertThat(retryAfter(call(host, LISTING, JSON + host.bearer(ALICE)))).isEqualTo(20);
      nanos.addAndGet(Duration.ofSeconds(20).toNanos());
      assertThat(RawCall.status(call(host, LISTING, JSON + host.bearer(ALICE)))).isEqualTo(200);
    }
  }

  @Test
  void ownRate_countsUploadsAndPages() throws IOException {
    try (var host = new WiredHost(folder, policy)) {
      var wish = new KeyWish("slow", List.of("read", "write"), null, null, null, 1L);
      String slow =
          "Authorization: Bearer "
              + host.domain()
                  .keys()
                  .changes(Actor.OPERATOR)
                  .add(host.account(ALICE).account(), wish)
                  .secret()
                  .reveal()
              + "|";
      String body = new String(Uploading.body("", "a", new byte[10]), StandardCharsets.ISO_8859_1);
      for (int i = 0; i < 10; i++) {
        String answer = RawCall.send(host.port(), "POST /upload.cgi", Uploading.TYPE + slow, body);
        assertThat(RawCall.status(answer)).as(answer).isEqualTo(302);
      }
      for (String line :
          List.of("POST /upload.cgi", "GET /end.pl?xid=abc", "GET /?" + "z".repeat(20))) {
        boolean upload = line.startsWith("POST");
        String headers = (upload ? Uploading.TYPE : "") + slow;
        String answer = RawCall.send(host.port(), line, headers, upload ? body : "");
        assertThat(RawCall.status(answer)).as(answer).isEqualTo(429);
      }
      String master = call(host, "GET /end.pl?xid=abc", host.bearer(ALICE));
      assertThat(RawCall.status(master)).isEqualTo(404);
    }
  }

  @Test
  void off_holdsNobodyBack_andTellsNothing() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account(ALICE);
      String last = flood(host);
      assertThat(RawCall.status(last)).isEqualTo(200);
      assertThat(fields(last)).isEmpty();
    }
  }
}
