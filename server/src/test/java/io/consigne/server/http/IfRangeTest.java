package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a range is heeded although the content may have changed. */
final class IfRangeTest {
  private static final String ETAG = "\"abc\"";
  private static final Instant MODIFIED = Instant.parse("2026-07-09T12:57:25.987Z");

  @Test
  void condition_absent_holds() {
    assertThat(IfRange.holds(null, ETAG, MODIFIED)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"abc\"", " \"abc\" ", "Thu, 09 Jul 2026 12:57:25 GMT"})
  void condition_thatNamesTheContent_holds(String header) {
    assertThat(IfRange.holds(header, ETAG, MODIFIED)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"abd\"",
        "W/\"abc\"",
        "abc",
        "\"abc\", \"abd\"",
        "*",
        "Thu, 09 Jul 2026 12:57:26 GMT",
        "Thu, 09 Jul 2026 12:57:24 GMT",
        "Fri, 09 Jul 2026 12:57:25 GMT",
        "2026-07-09T12:57:25Z",
      })
  void condition_thatNamesAnother_doesNot(String header) {
    assertThat(IfRange.holds(header, ETAG, MODIFIED)).isFalse();
  }
}
