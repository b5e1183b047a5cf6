package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  @ParameterizedTest
  @CsvSource({"PT0S,1", "PT0.000001S,1", "PT1S,1", "PT1.000001S,2", "PT1.9S,2", "PT60S,60"})
  void seconds_areNeverTooFew(Duration duration, long seconds) {
    assertThat(RetryAfter.seconds(duration)).isEqualTo(seconds);
  }
}
