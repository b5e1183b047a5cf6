package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.failure.Failure;
import io.consigne.core.testing.Refusal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an owner may have sent along, and that nobody sees it. */
final class SourceHeadersTest {
  @Test
  void objectAndLines_meanTheSame() {
    SourceHeaders object =
        SourceHeaders.of(Map.of("Cookie", "a=1; b=2", "Referer", " https://a/ "));
    SourceHeaders lines = SourceHeaders.ofLines(List.of("Referer:https://a/", "Cookie: a=1; b=2"));
    assertThat(object).isEqualTo(lines).hasSameHashCodeAs(lines);
    assertThat(object.text()).isEqualTo("Cookie: a=1; b=2\nReferer: https://a/\n");
    assertThat(SourceHeaders.parse(object.text())).isEqualTo(object);
    assertThat(SourceHeaders.parse("")).isEqualTo(SourceHeaders.NONE);
    assertThat(SourceHeaders.NONE.isEmpty()).isTrue();
    assertThat(object.isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "hOsT",
        "Range",
        "If-Range",
        "If-None-Match",
        "Content-Length",
        "Content-Type",
        "Transfer-Encoding",
        "TE",
        "Trailer",
        "Connection",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Upgrade",
        "Expect",
        "Accept-Encoding",
      })
  void headerOfTheProtocol_isRefused(String name) {
    assertThat(Refusal.of(() -> SourceHeaders.of(Map.of(name, "hunter2"))).message())
        .isEqualTo("headers must not set what the host sets itself: " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nHost: b", "a\nb", "a\rb", "a\0b", "é", "\u007f", "a\u0085b"})
  void valueOfMoreThanALine_isRefused(String value) {
    assertThat(Refusal.of(() -> SourceHeaders.of(Map.of("X-Secret", value))).message())
        .isEqualTo("headers must have values of one line of plain ASCII: X-Secret");
    assertThat(Refusal.of(() -> SourceHeaders.ofLines(List.of("X-Secret: " + value))).message())
        .isEqualTo("headers must have values of one line of plain ASCII: X-Secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\r\nb", "Cookie ", "é", "(a)", "hunter2 hunter2"})
  void nameThatIsNone_isRefused_andNotShown(String name) {
    assertThat(Refusal.of(() -> SourceHeaders.of(Map.of(name, "hunter2"))).message())
        .isEqualTo("headers must have names of letters, digits and dashes");
  }

  @Test
  void lineWithoutColon_isRefused_andNotShown() {
    assertThat(Refusal.of(() -> SourceHeaders.ofLines(List.of("hunter2"))).message())
        .isEqualTo("headers must be lines such as Referer: https://example.org/");
  }

  @Test
  void headerGivenTwice_isRefused() {
    assertThat(Refusal.of(() -> SourceHeaders.ofLines(List.of("Cookie: a", "cookie: b"))).message())
        .isEqualTo("headers must not name a header twice: cookie");
  }

  @Test
  void tooMuch_isRefused() {
    List<String> many = IntStream.rangeClosed(0, 50).mapToObj(i -> "X-" + i + ": a").toList();
    assertThat(Refusal.of(() -> SourceHeaders.ofLines(many)))
        .isEqualTo(new Failure.TooLarge("the number of headers", 51, 50));
    assertThat(Refusal.of(() -> SourceHeaders.of(Map.of("X", "y".repeat(16_384)))))
        .isEqualTo(new Failure.TooLarge("the length of headers", 16_388, 16_384));
  }

  @Test
  void headers_areNotShown() {
    SourceHeaders headers = SourceHeaders.of(Map.of("Cookie", "hunter2"));
    assertThat(headers).hasToString("1 headers");
    var request = SourceRequest.whole(SourceUrl.parse("http://a/"), headers, 1);
    assertThat(request.toString()).doesNotContain("hunter2");
  }
}
