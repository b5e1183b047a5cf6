package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all pages have in common. */
class HtmlTest {
  @ParameterizedTest
  @ValueSource(ints = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069})
  void text_turnsNoDirection(int sign) {
    assertThat(Html.text("a" + Character.toString(sign) + "b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void text_keepsMarksOfScriptsFromRightToLeft() {
    assertThat(Html.text("\u200E\u200F\u061C")).isEqualTo("\u200E\u200F\u061C");
  }
}
