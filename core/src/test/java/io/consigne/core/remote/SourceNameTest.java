package io.consigne.core.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the name that a source gives its file. */
class SourceNameTest {
  private static String name(String said) {
    return SourceName.of(said).value();
  }

  /** The file was stored without its extension, so that nobody knew what it was. */
  @ParameterizedTest
  @CsvSource({
    "a, .tar.gz",
    "a, .zip",
    "é, .mkv",
    "😀, .7z",
    "a.b, .part1.rar",
  })
  void longName_isCut_beforeItsExtension(String piece, String extension) {
    String name = name(piece.repeat(600) + extension);
    assertThat(name.codePointCount(0, name.length())).isEqualTo(250);
    assertThat(name).startsWith(piece).endsWith(extension.replace(".part1", ""));
  }

  @Test
  void longName_withoutOne_isCut_whereItIsTooLong() {
    assertThat(name("a".repeat(600))).isEqualTo("a".repeat(250));
    assertThat(name("a." + "b".repeat(600))).isEqualTo("a." + "b".repeat(248));
    assertThat(name("a".repeat(250))).isEqualTo("a".repeat(250));
  }

  @Test
  void whatCannotBeInAName_isMarked() {
    assertThat(name(" a/b\\c\nd ")).isEqualTo("a_b_c_d");
    assertThat(name("..")).isEqualTo("download");
    assertThat(SourceName.of(null).value()).isEqualTo("download");
  }
}
