package io.consigne.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.RandomText;
import io.consigne.core.ids.Sha256;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a key. */
class ApiKeyTest {
  private final ApiKey key = ApiKey.draw(new Random(7));

  @Test
  void draw_hasTheShapeThatClientsCheckFor() {
    assertThat(key.reveal()).matches("[A-Za-z0-9_]{32}").startsWith("csg_");
    assertThat(ApiKey.draw(new Random(8)).reveal()).isNotEqualTo(key.reveal());
  }

  @Test
  void parse_drawnKey_isTheSame() {
    var random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      ApiKey drawn = ApiKey.draw(random);
      assertThat(ApiKey.parse(drawn.reveal()).orElseThrow().hash())
          .isEqualTo(Sha256.hex(drawn.reveal()));
    }
  }

  @Test
  void parse_oneCharacterChanged_empty() {
    String text = key.reveal();
    for (int i = 0; i < text.length(); i++) {
      for (char c : (RandomText.BASE62 + "_ é").toCharArray()) {
        String changed = text.substring(0, i) + c + text.substring(i + 1);
        assertThat(ApiKey.parse(changed).isPresent()).as(changed).isEqualTo(text.charAt(i) == c);
      }
    }
  }

  @Test
  void parse_twoNeighboursSwapped_empty() {
    String text = key.reveal();
    for (int i = 0; i + 1 < text.length(); i++) {
      if (text.charAt(i) != text.charAt(i + 1)) {
        String swapped =
            text.substring(0, i) + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2);
        assertThat(ApiKey.parse(swapped)).as(swapped).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "csg_", "abcdefghijklmnopqrstuvwxyz012345"})
  void parse_otherText_empty(String text) {
    assertThat(ApiKey.parse(text)).isEmpty();
    assertThat(ApiKey.parse(key.reveal() + text + "x")).isEmpty();
  }

  @Test
  void toString_showsTooLittleToUse() {
    assertThat(key.toString()).hasSize(9).isEqualTo(key.reveal().substring(0, 8) + "…");
  }
}
