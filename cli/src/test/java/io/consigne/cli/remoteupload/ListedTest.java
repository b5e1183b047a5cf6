package io.consigne.cli.remoteupload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
