package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParisTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2021-06-22T12:57:25Z, 2021-06-22 14:57:25",
    "2026-01-05T08:00:00.999Z, 2026-01-05 09:00:00",
    "2026-10-25T00:30:00Z, 2026-10-25 02:30:00",
    "2026-10-25T01:30:00Z, 2026-10-25 02:30:00"
  })
  void write_isTheClockOfParis(Instant instant, String text) {
    assertThat(ParisTime.write(instant)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2021-06-22 14:57:25, 2021-06-22T12:57:25Z",
    "2026-10-25 02:30:00, 2026-10-25T00:30:00Z",
    "2026-03-29 02:30:00, 2026-03-29T01:30:00Z",
    "2026-07-29, 2026-07-28T22:00:00Z"
  })
  void read_anAmbiguousHourIsTheEarlierOne(String text, Instant instant) {
    assertThat(ParisTime.read("sent_after", text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-30 00:00:00",
        "2026-07-29T14:57:25Z",
        "+999999999-12-31 23:59:59",
        "-99999999-12-31 23:59:59",
        "+9999-12-3"
      })
  void read_whatIsNoDate_isRefused(String text) {
    assertThatThrownBy(() -> ParisTime.read("sent_after", text))
        .hasMessageStartingWith("sent_after must be a date like 2026-07-29 14:57:25");
  }

  @Test
  void read_isTheInverseOfWrite() {
    Instant instant = Instant.parse("2026-11-21T09:00:00Z");
    assertThat(ParisTime.read("date", ParisTime.write(instant))).isEqualTo(instant);
  }
}
