package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names in the order in which a person looks for them. */
class NaturalOrderTest {
  private static final List<String> SORTED =
      List.of(
          "",
          "1.txt",
          "2.txt",
          "02.txt",
          "10.txt",
          "100000000000000000000000000000.txt",
          "a",
          "A",
          "a 9 b 9",
          "a 9 b 10",
          "a 10",
          "B",
          "b2",
          "ba",
          "é",
          "\uD83C\uDF89");

  @Test
  void names_areSortedByNumbersAndWithoutCase() {
    var names = new ArrayList<String>(SORTED);
    var random = new Random(1);
    for (int i = 0; i < 100; i++) {
      Collections.shuffle(names, random);
      names.sort(NaturalOrder::compare);
      assertThat(names).hasSameElementsAs(SORTED);
      assertThat(names.stream().map(NaturalOrderTest::plain))
          .containsExactlyElementsOf(SORTED.stream().map(NaturalOrderTest::plain).toList());
    }
  }

  /** Those that differ in case or zeros only stand beside each other. */
  private static String plain(String name) {
    return name.equals("A") ? "a" : name.equals("02.txt") ? "2.txt" : name;
  }

  @Test
  void names_thatDifferInAnything_areNeverEqual() {
    for (String one : SORTED) {
      for (String other : SORTED) {
        assertThat(NaturalOrder.compare(one, other) == 0).isEqualTo(one.equals(other));
      }
    }
  }
}
