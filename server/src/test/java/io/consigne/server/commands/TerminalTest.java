package io.consigne.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a person at the terminal answers. */
class TerminalTest {
  /** The whole word was taken for a no; the client's commands take both. */
  @Test
  void lineThatAgrees_isYes() {
    for (String line : new String[] {"y", "Y", "yes", "Yes", " yes "}) {
      assertThat(Terminal.isYes(line)).as(line).isTrue();
    }
  }

  @Test
  void anotherLine_orTheEndOfTheInput_isNo() {
    for (String line : new String[] {"", " ", "n", "no", "yes!", "j"}) {
      assertThat(Terminal.isYes(line)).as(line).isFalse();
    }
    assertThat(Terminal.isYes(null)).isFalse();
  }
}
