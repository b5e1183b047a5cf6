package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;

/**
 * What owners and sources write is refused, or read into one spelling that can neither be taken for
 * another host nor end a line of a protocol.
 */
final class SourceTextFuzzTest extends FuzzTarget {
  private static final SourceUrl BASE = SourceUrl.parse("https://example.org:8443/d/a?q");

  @FuzzTest
  void fuzz(byte[] input) {
    check(input);
  }

  @Override
  protected void check(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      checkUrl(SourceUrl.parse(text));
    } catch (FailureException refused) {
      assertThat(refused.failure()).isInstanceOf(Failure.Invalid.class);
    }
    try {
      checkUrl(BASE.resolve(text));
    } catch (FailureException refused) {
      assertThat(refused.failure()).isInstanceOf(Failure.Invalid.class);
    }
    checkHeaders(text);
    ContentDisposition.fileName(text)
        .ifPresent(name -> assertThat(name).isNotEmpty().doesNotContain("/", "\\"));
    ContentRange.parse(text)
        .ifPresent(range -> assertThat(range.last()).isGreaterThanOrEqualTo(range.first()));
    assertThat(LinkAnswer.read(text).texts()).doesNotContainValue(null);
  }

  private static void checkUrl(SourceUrl url) {
    assertThat(url.text()).matches("[\\x21-\\x7e]+");
    assertThat(url.host()).matches("[0-9a-z._:-]+").doesNotEndWith(".");
    assertThat(url.port()).isBetween(1, 65_535);
    assertThat(SourceUrl.parse(url.text())).isEqualTo(url);
    assertThat(url.shown()).doesNotContainPattern("[\\p{Cc} ]");
    if (!url.scheme().isWeb()) {
      assertThat(url.ftpPath() + url.user() + url.password()).doesNotContainPattern("\\p{Cc}");
    }
    LinkCall.of(url)
        .ifPresent(
            call -> assertThat(call.link()).matches("https?://[\\x21\\x23-\\x5b\\x5d-\\x7e]+"));
  }

  private static void checkHeaders(String text) {
    try {
      SourceHeaders headers = SourceHeaders.parse(text);
      assertThat(SourceHeaders.parse(headers.text())).isEqualTo(headers);
      headers
          .values()
          .forEach((name, value) -> assertThat(name + value).matches("[\\t\\x20-\\x7e]+"));
    } catch (FailureException refused) {
      assertThat(refused.failure()).isInstanceOfAny(Failure.Invalid.class, Failure.TooLarge.class);
    }
  }
}
