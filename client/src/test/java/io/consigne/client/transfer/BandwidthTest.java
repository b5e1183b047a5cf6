package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BandwidthTest {
  /** A Wednesday. */
  private static long at(String timetable, String time) {
    return Bandwidth.parse(timetable).bytesPerSecond(LocalDateTime.parse("2026-03-04T" + time));
  }

  @ParameterizedTest
  @CsvSource({"512k,524288", "512,524288", "1.5M,1572864", "2g,2147483648", "4096b,4096"})
  void rate_isReadAsRcloneReadsIt(String text, long bytesPerSecond) {
    assertThat(at(text, "12:00")).isEqualTo(bytesPerSecond);
  }

  @Test
  void off_isNoLimit() {
    assertThat(at("off", "12:00")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void timetable_holdsFromEachTimeToTheNext_alsoOverMidnight() {
    String timetable = "08:00,512k 19:00,off 23:30,10M";
    assertThat(at(timetable, "07:59")).isEqualTo(10 << 20);
    assertThat(at(timetable, "08:00")).isEqualTo(512 << 10);
    assertThat(at(timetable, "18:59:59")).isEqualTo(512 << 10);
    assertThat(at(timetable, "19:00")).isEqualTo(Long.MAX_VALUE);
    assertThat(at(timetable, "23:30")).isEqualTo(10 << 20);
    assertThat(at(timetable, "00:00")).isEqualTo(10 << 20);
  }

  @Test
  void days_holdUntilTheNextEntryOfTheWeek() {
    String timetable = "Mon-08:00,1M Fri-20:00,off";
    assertThat(at(timetable, "03:00")).isEqualTo(1 << 20);
    var sunday = LocalDateTime.parse("2026-03-08T12:00");
    assertThat(Bandwidth.parse(timetable).bytesPerSecond(sunday)).isEqualTo(Long.MAX_VALUE);
    assertThat(Bandwidth.parse(timetable).bytesPerSecond(sunday.plusDays(1).withHour(7)))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(at("Wed-10:00,2M 10:00,1M", "10:00")).isEqualTo(2 << 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fast",
        "-1M",
        "0",
        "100b",
        "8:00",
        "25:00,1M",
        "08:60,1M",
        "08:00,",
        "Foo-08:00,1M",
        "08:00,1M,19:00,off"
      })
  void anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Bandwidth.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
