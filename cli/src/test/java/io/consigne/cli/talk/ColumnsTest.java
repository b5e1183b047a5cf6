package io.consigne.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ColumnsTest {
  @Test
  void signs_takeAsManyColumnsAsTerminalsGiveThem() {
    assertThat(Columns.of("abc")).isEqualTo(3);
    assertThat(Columns.of("漢字")).isEqualTo(4);
    assertThat(Columns.of("한글")).isEqualTo(4);
    assertThat(Columns.of("✅⭐⚡🟢🪐🈚")).as("pictures of many blocks").isEqualTo(12);
    assertThat(Columns.of("e\u0301te\u0301")).as("accents").isEqualTo(3);
    assertThat(Columns.of("🇫🇷")).as("a flag is two signs").isEqualTo(2);
    assertThat(Columns.of("→ — …")).isEqualTo(5);
  }

  @Test
  void shortTexts_areFilled() {
    assertThat(Columns.fit("漢", 4)).isEqualTo("漢  ");
  }

  @Test
  void longTexts_loseTheirMiddle() {
    assertThat(Columns.fit("abcdefghij", 7)).isEqualTo("abc…hij");
    assertThat(Columns.fit("漢字漢字漢字", 7)).as("half a sign is a space").isEqualTo("漢…字  ");
  }

  /** The accent went to the ellipsis. */
  @Test
  void accents_areNotCutOffTheirLetters() {
    assertThat(Columns.fit("abcde\u0301fgh", 7)).isEqualTo("abc…fgh");
    assertThat(Columns.fit("abe\u0301cdefgh", 7)).isEqualTo("abe\u0301…fgh");
  }
}
