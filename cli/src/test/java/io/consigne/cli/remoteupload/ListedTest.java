package io.consigne.cli.remoteupload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListedTest {
  private static final Listed SOURCE =
      new Listed("ftp://alice:canary@files.example.org/a", "list.txt:7");

  @Test
  void sourceAsText_hasNoPassword() {
    assertThat(SOURCE).hasToString("Listed[ftp://files.example.org/a, list.txt:7]");
  }

  @Test
  void refusedSourceAsText_hasNoPassword() {
    assertThat(new Asking.Refused(SOURCE, "ftp://files.example.org/a", "no such host"))
        .hasToString("refused: list.txt:7: ftp://files.example.org/a: no such host");
  }

  @ParameterizedTest
  @CsvSource({
    "https://alice:canary/2@example.org/a, https://…",
    "https://alice:p@s/canary@example.org/a, https://…",
    "//alice:canary@example.org/a, //example.org/a",
    "alice:canary@example.org/a, …",
    "https://example.org/@user/a, https://example.org/@user/a",
    "https://example.org:8443/?x@y, https://example.org:8443/?x@y",
    "https://me:canary@example.org/@user/a, https://…",
    "https://example.org/a, https://example.org/a",
  })
  void sourceThatIsShown_hasNothingThatMayBeAPassword(String source, String shown) {
    assertThat(Listed.shown(source)).isEqualTo(shown);
  }
}
