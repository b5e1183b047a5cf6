package io.consigne.core.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public ids of files. */
class LinkIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"abcde", "4m1x0q9v7t2kz8b6d3ha", "ABCxyz0189"})
  void parse_fiveToTwentyLettersAndDigits(String text) {
    assertThat(LinkId.parse(text)).contains(new LinkId(text));
    assertThat(new LinkId(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abcd", "4m1x0q9v7t2kz8b6d3hax", "abc-e", "abcdé", "abcde\n", "٠١٢٣٤"})
  void parse_otherText_empty(String text) {
    assertThat(LinkId.parse(text)).isEmpty();
  }

  @Test
  void constructor_otherText_namesTheValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinkId("ab"))
        .withMessage("link id must be 5 to 20 letters and digits: ab");
  }
}
