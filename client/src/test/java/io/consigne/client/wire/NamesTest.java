package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that 1fichier.com would mangle, and what stands for them there. */
class NamesTest {
  private static final String SIGNS = "ab \\<>\"'`$＼＜＞＂＇｀＄␠‛é";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain.txt,plain.txt",
        "L'été.mp3,L＇été.mp3",
        "<a> \"b\" `c` $d \\e,＜a＞ ＂b＂ ｀c｀ ＄d ＼e",
        "| a b |,␠a b␠",
        "| |,␠",
        "＇,‛＇",
        "‛,‛‛",
        "a␠b,a␠b",
        "␠ab␠,‛␠ab‛␠"
      })
  void name_goesAsItsLookAlike_andComesBack(String here, String there) {
    assertThat(Names.LOOK_ALIKE.there(here)).isEqualTo(there);
    assertThat(Names.LOOK_ALIKE.here(there)).isEqualTo(here);
    assertThat(Names.PLAIN.there(here)).isEqualTo(here);
    assertThat(Names.PLAIN.here(there)).isEqualTo(there);
  }

  @Test
  void anyName_comesBackAsItWas() {
    var random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      var name = new StringBuilder();
      for (int length = 1 + random.nextInt(6); length > 0; length--) {
        name.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
      }
      String there = Names.LOOK_ALIKE.there(name.toString());
      assertThat(Names.LOOK_ALIKE.here(there)).isEqualTo(name.toString());
      assertThat(there).doesNotContainPattern("^ | $|[\\\\<>\"'`$]");
    }
  }
}
