package io.consigne.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AmountTest {

  @Test
  void bytes_haveThreeDigitsOrSo() {
    assertThat(Amount.bytes(0)).isEqualTo("0 B");
    assertThat(Amount.bytes(1023)).isEqualTo("1023 B");
    assertThat(Amount.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Amount.bytes(-(5L << 30))).isEqualTo("-5.0 GiB");
    assertThat(Amount.bytes(Long.MAX_VALUE)).isEqualTo("8192 PiB");
  }

  @Test
  void numbersOfThings_haveTheirPlural() {
    assertThat(Amount.count(1, "file")).isEqualTo("1 file");
    assertThat(Amount.count(2_000, "file")).isEqualTo("2,000 files");
    assertThat(Amount.count(1, "copy", "copies")).isEqualTo("1 copy");
    assertThat(Amount.count(0, "copy", "copies")).isEqualTo("0 copies");
  }

  @Test
  void times_haveHoursIfThereAreAny() {
    assertThat(Amount.time(Duration.ofSeconds(125))).isEqualTo("2:05");
    assertThat(Amount.time(Duration.ofSeconds(3725))).isEqualTo("1:02:05");
    assertThat(Amount.moment(Instant.parse("2020-02-29T12:34:56.789Z")))
        .isEqualTo("2020-02-29 12:34:56");
    assertThat(Amount.moment(null)).isEqualTo("-");
  }

  /** A name of another's file must not clear the screen, nor forge a second line. */
  @Test
  void namesThatSteerATerminal_areMadePlain() {
    assertThat(Amount.shown("a\u001b[2Jb\nc\u009bd")).isEqualTo("a?[2Jb?c?d");
    assertThat(Amount.shown("photo\u202egpj.exe")).isEqualTo("photo?gpj.exe");
    assertThat(Amount.shown("é 文 😀")).isEqualTo("é 文 😀");
  }
}
