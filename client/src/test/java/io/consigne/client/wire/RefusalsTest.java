package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.Refusal.Scope;
import io.consigne.client.transport.WireAnswer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 1fichier's known words, with the statuses it sends them with, are told apart. */
class RefusalsTest {
  @ParameterizedTest
  @CsvSource({
    "403, Flood detected: IP Locked #374, Flood",
    "403, Flood detected: IP Locked #412, Flood",
    "429, Flood detected: IP Locked #38, Flood",
    "403, Flood detected: User Locked #223, Flood",
    "403, Flood detected: User APK Locked #1, Flood",
    "403, IP Locked #79, Flood",
    "429, anything, Flood",
    "403, Only 1 location allowed at a time #887, Flood",
    "403, No such user #93, NotAuthenticated",
    "401, Not authenticated #247, NotAuthenticated",
    "'403', 'Must be a customer (Premium, Access) #236', PlanNeeded",
    "403, Owner locked #620, Denied",
    "404, Resource not found #469, NotFound",
    "200, Resource not found #469, NotFound",
    "403, Resource not allowed #631, Denied",
    "403, Invalid password. Resource not allowed #631, PasswordNeeded",
    "403, Password not provided. Resource not allowed #631, PasswordNeeded",
    "403, This is professional equipment: must have CDN credits #913, Denied",
    "403, No file has been renamed #312, Unchanged",
    "200, No changes requested, Unchanged",
    "403, words nobody knows #999, Denied",
    "200, words nobody knows #999, Unknown",
    "503, Our services are in maintenance, Unavailable",
    "502, Bad Gateway, Unavailable"
  })
  void words_decide(int status, String text, String kind) {
    Refusal refusal = Refusals.of(new Said(status, text), Duration.ZERO);
    assertThat(refusal.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(refusal.isTransient()).isEqualTo(kind.equals("Flood") || kind.equals("Unavailable"));
  }

  @Test
  void floodOfUser_isTheAccounts_andLocksHaveTheirTimes() {
    assertThat(flood("Flood detected: User Locked #223").scope()).isEqualTo(Scope.ACCOUNT);
    assertThat(flood("Flood detected: IP Locked #374").scope()).isEqualTo(Scope.ADDRESS);
    assertThat(flood("Flood detected: IP Locked #374").retryAfter()).isZero();
    assertThat(flood("IP Locked #79").retryAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(flood("Only 2 locations allowed at a time #887").retryAfter())
        .isEqualTo(Duration.ofMinutes(5));
  }

  private static Refusal.Flood flood(String text) {
    return (Refusal.Flood) Refusals.of(new Said(403, text), Duration.ZERO);
  }

  @Test
  void page_isReadForItsWords() {
    WireAnswer answer = answer(200, Map.of());
    assertThat(Answers.page(answer, "<html><body>IP Locked</body>"))
        .isInstanceOf(Refusal.Flood.class);
    assertThat(Answers.page(answer, "<p>x</p><div class=\"bloc2\"> Ne peut ouvrir </div>").said())
        .hasToString("the host answered a page: Ne peut ouvrir");
  }

  @Test
  void retryAfter_isBelieved() {
    WireAnswer answer = answer(503, Map.of("Retry-After", List.of("17")));
    assertThat(Answers.refusal(answer, "")).isInstanceOf(Refusal.Unavailable.class);
    assertThat(Answers.retryAfter(answer)).isEqualTo(Duration.ofSeconds(17));
  }

  /** A date was not read: the client came back at once, or kept still for as long as it liked. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mon, 02 Mar 2026 10:02:30 GMT | Mon, 02 Mar 2026 10:00:00 GMT | 150",
        "Mon, 02 Mar 2026 10:00:00 GMT | Mon, 02 Mar 2026 10:00:01 GMT | 0",
        "Wed, 04 Mar 2026 10:00:00 GMT | Mon, 02 Mar 2026 10:00:00 GMT | 0",
        "Mon, 02 Mar 2026 10:02:30 GMT | soon | 0",
        "tomorrow | Mon, 02 Mar 2026 10:00:00 GMT | 0"
      })
  void retryAfter_asADate_countsByTheClockOfTheHost(String until, String now, long seconds) {
    WireAnswer answer = answer(503, Map.of("Retry-After", List.of(until), "Date", List.of(now)));
    assertThat(Answers.retryAfter(answer)).isEqualTo(Duration.ofSeconds(seconds));
    WireAnswer undated = answer(503, Map.of("Retry-After", List.of(until)));
    assertThat(Answers.retryAfter(undated)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"default\";r=0;t=30 | default 30",
        "\"a\";r=5;t=9, \"b\";r=0;t=12 | b 12",
        "\"a\";r=0;t=9, \"account-all-files\";r=0;t=12 | a 9, account-all-files 12",
        "limit=10, remaining=0, reset=7 | ' 7'",
        "\"default\";r=1;t=30 | ''",
        "nonsense | ''"
      })
  void rateLimit_saysOfWhatNothingIsLeft(String field, String usedUp) {
    assertThat(
            RateLimitFields.usedUp(answer(200, Map.of("RateLimit", List.of(field)))).stream()
                .map(limit -> limit.policy() + " " + limit.time().toSeconds())
                .collect(Collectors.joining(", ")))
        .isEqualTo(usedUp);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"key\";r=29;t=1, \"account-all-files\";r=0;t=3600 | KIND",
        "\"key\";r=0;t=1, \"account-all-files\";r=0;t=3600 | ACCOUNT",
        "\"account\";r=0;t=1 | ACCOUNT",
        "nonsense | ACCOUNT"
      })
  void flood_isOfOneKind_ifTheOtherLimitsHaveSomethingLeft(String field, Scope scope) {
    Refusal refusal =
        Answers.refusal(
            answer(429, Map.of("RateLimit", List.of(field), "Retry-After", List.of("7"))),
            "Flood detected: User Locked for 7 s #412");
    assertThat(refusal)
        .isInstanceOfSatisfying(
            Refusal.Flood.class,
            flood -> {
              assertThat(flood.scope()).isEqualTo(scope);
              assertThat(flood.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            });
  }

  private static WireAnswer answer(int status, Map<String, List<String>> headers) {
    return new WireAnswer(
        status,
        HttpHeaders.of(headers, (_, _) -> true),
        new ByteArrayInputStream("".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "2021-06-22 14:57:25, 2021-06-22T12:57:25Z",
    "2021-01-22 14:57:25, 2021-01-22T13:57:25Z",
    "2026-10-25 02:30:00, 2026-10-25T00:30:00Z",
    "2027-03-01, 2027-02-28T23:00:00Z"
  })
  void parisTime_isUnderstood(String text, String instant) {
    assertThat(ParisTime.parse(text)).hasValueSatisfying(t -> assertThat(t).isEqualTo(instant));
  }

  @Test
  void noTime_isNone() {
    for (String text : List.of("", "0000-00-00 00:00:00", "yesterday at noon", "2026-13-01")) {
      assertThat(ParisTime.parse(text)).isEmpty();
    }
  }

  @Test
  void hostileJson_isNoObject() {
    assertThat(Json.object("{\"a\":" + "[".repeat(100_000))).isEmpty();
    assertThat(Json.object("<html>")).isEmpty();
    assertThat(Json.object("{\"a\":1")).isEmpty();
    assertThat(Json.object("")).isEmpty();
    assertThat(Json.object("{\"a\":\"" + "[".repeat(100) + "\"}")).isPresent();
  }
}
