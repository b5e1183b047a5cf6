package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a download is named, whatever its name. */
final class ContentDispositionTest {
  @Test
  void name_ofPlainAscii_standsAlone() {
    assertThat(ContentDisposition.attachment("semi;colon=a, it's.txt"))
        .isEqualTo("attachment; filename=\"semi;colon=a, it's.txt\"");
    assertThat(ContentDisposition.inline("film.mkv")).isEqualTo("inline; filename=\"film.mkv\"");
  }

  @ParameterizedTest
  @CsvSource({
    "a%41.txt, a%41.txt, a%2541.txt",
    "naïve.txt, na_ve.txt, na%C3%AFve.txt",
    "日本.txt, __.txt, %E6%97%A5%E6%9C%AC.txt",
    "🎉 party, _ party, %F0%9F%8E%89%20party",
    "'say \"hi\"', say _hi_, say%20%22hi%22",
    "'a\\b', a_b, a%5Cb",
    "'a\r\nSet-Cookie: b', a__Set-Cookie: b, a%0D%0ASet-Cookie%3A%20b",
    "'a\0b\u007fc', a_b_c, a%00b%7Fc",
    "é!#$&+-.^_`|~'*%(), _!#$&+-.^_`|~'*%(), %C3%A9!#$&+-.^_`|~%27%2A%25%28%29",
  })
  void name_ofOtherCharacters_hasLookAlikeAndItself(String name, String plain, String encoded) {
    assertThat(ContentDisposition.attachment(name))
        .isEqualTo("attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded)
        .matches("[ -~]*");
  }

  @Test
  void name_ofHalfACharacter_isReplaced() {
    assertThat(ContentDisposition.attachment("a\ud83cb"))
        .isEqualTo("attachment; filename=\"a_b\"; filename*=UTF-8''a%3Fb");
  }
}
