package io.consigne.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** When a link ends, as people type it. */
final class LinkEndTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "30s, 2026-03-01T12:00:30Z",
    "2h, 2026-03-01T14:00:00Z",
    "90d, 2026-05-30T12:00:00Z",
    "2027-01-31, 2027-01-30T23:00:00Z",
    "2026-07-31, 2026-07-30T22:00:00Z",
    "2027-01-31T18:00, 2027-01-31T17:00:00Z",
    "2027-01-31 18:00, 2027-01-31T17:00:00Z",
    "2027-01-31 18:00:30, 2027-01-31T17:00:30Z",
    "2027-01-31T18:00:00Z, 2027-01-31T18:00:00Z",
    "2027-01-31T18:00-05:00, 2027-01-31T23:00:00Z",
    "2026-10-25T02:30, 2026-10-25T00:30:00Z"
  })
  void time_isASpanOrADate_ofTheZone(String text, Instant end) {
    assertThat(LinkEnd.read(text, NOW, BERLIN)).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "2027", "2027-02-30", "31.1.2027", "2027-01-31T", "2027-01-31T25:00"})
  void noTime_isRefused(String text) {
    assertThatThrownBy(() -> LinkEnd.read(text, NOW, BERLIN))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("not a time such as 2h, 90d, 2027-01-31 or 2027-01-31T18:00: " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "2026-03-01", "2026-03-01T13:00", "1999-01-01"})
  void timeThatIsOver_isRefused(String text) {
    assertThatThrownBy(() -> LinkEnd.read(text, NOW, BERLIN))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("not a time to come: " + text);
  }

  @Test
  void unknownUnit_isRefused() {
    assertThatThrownBy(() -> LinkEnd.read("3w", NOW, BERLIN))
        .hasMessage("not a time such as 30s, 20m, 2h or 90d: 3w");
  }
}
