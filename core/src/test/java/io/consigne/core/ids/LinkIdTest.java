package io.consigne.core.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
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
  void draw_beginsWithTheSecond_andGoesOnAtRandom() {
    Random random = new Random(7);
    List<String> drawn =
        LongStream.of(0, 1_795_000_000, 1_795_000_001, 1_795_000_036)
            .mapToObj(second -> LinkId.draw(random, Instant.ofEpochSecond(second)).value())
            .toList();
    assertThat(drawn).isSorted().allMatch(link -> link.matches("[0-9a-z]{20}"));
    assertThat(drawn.getFirst()).startsWith("000000");
    assertThat(drawn).extracting(link -> link.substring(6)).doesNotHaveDuplicates();
  }

  @Test
  void draw_whenAllSecondsWereUsed_beginsAnew() {
    LinkId drawn = LinkId.draw(new Random(7), Instant.ofEpochSecond(2_176_782_336L));
    assertThat(drawn.value()).startsWith("000000").hasSize(20);
  }

  @Test
  void constructor_otherText_namesTheValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinkId("ab"))
        .withMessage("link id must be 5 to 20 letters and digits: ab");
  }
}
