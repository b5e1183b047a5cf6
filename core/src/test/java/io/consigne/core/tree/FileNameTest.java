package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.consigne.core.testing.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of files and folders. */
class FileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        " two spaces ",
        "...",
        ".hidden",
        "trailing.",
        "back\\slash",
        "q\"uo'te`s<>|?*:$",
        "e\u0301",
        "\u00e9",
        "\u202Egnp.exe",
        "\u200F\u05E9\u200E",
        "🎬 film.mkv",
        "\u0085",
        "\uFFFD",
        "ﬁ"
      })
  void parse_anyUnicode_keptExactly(String text) {
    assertThat(FileName.parse(text).value()).isEqualTo(text);
    assertThat(FileName.parse(text)).hasToString(text);
  }

  @Test
  void parse_composedAndDecomposed_differ() {
    assertThat(FileName.parse("e\u0301")).isNotEqualTo(FileName.parse("\u00e9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "🎬"})
  void parse_length_countsCodePoints(String character) {
    String longest = character.repeat(256);
    assertThat(FileName.parse(longest).value()).isEqualTo(longest);
    assertThat(Refusal.of(() -> FileName.parse(longest + character)).message())
        .isEqualTo("name must have at most 256 characters: " + longest + character);
  }

  @Test
  void parseFolder_isShorter() {
    String longest = "a".repeat(250);
    assertThat(FileName.parseFolder(longest).value()).isEqualTo(longest);
    assertThat(Refusal.of(() -> FileName.parseFolder(longest + "a")).message())
        .isEqualTo("name must have at most 250 characters: " + longest + "a");
  }

  @Test
  void parse_farTooLong_messageIsCut() {
    assertThat(Refusal.of(() -> FileName.parse("🎬".repeat(10_000))).message())
        .isEqualTo("name must have at most 256 characters: " + "🎬".repeat(300) + "…");
  }

  @ParameterizedTest
  @CsvSource({
    "'', name must not be empty",
    "., name must not be . or ..: .",
    ".., name must not be . or ..: ..",
    "a/b, name must not contain a slash or a control character: a/b",
    "'a\0b', name must not contain a slash or a control character: a\uFFFDb",
    "'a\nb', name must not contain a slash or a control character: a\uFFFDb",
    "'a\u007f', name must not contain a slash or a control character: a\uFFFD",
    "'a\ud83c', name must be whole Unicode characters: a\uFFFD",
    "'\udfac\ud83c', name must be whole Unicode characters: \uFFFD\uFFFD",
  })
  void parse_noName_refusedByTheRule(String text, String message) {
    assertThat(Refusal.of(() -> FileName.parse(text)).message()).isEqualTo(message);
    assertThatIllegalArgumentException().isThrownBy(() -> new FileName(text)).withMessage(message);
  }
}
