package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MisuseTest {

  @Test
  void unknownCommand_isRefusedWithTheNearest() {
    assertThat(Run.of("sampel"))
        .isEqualTo(
            new Run(
                2,
                "",
                """
                consigne: unknown command "sampel"; did you mean sample?
                Try: consigne --help
                """));
  }

  @Test
  void unknownOption_isRefusedWithTheNearest() {
    assertThat(Run.of("relay", "--to", "x:1", "--lisen", "x"))
        .isEqualTo(
            new Run(
                2,
                "",
                """
                consigne: unknown option "--lisen"; did you mean --listen?
                Try: consigne relay --help
                """));
  }

  @Test
  void missingOption_isNamed() {
    assertThat(Run.of("relay"))
        .isEqualTo(
            new Run(
                2,
                "",
                """
                consigne: missing required option: '--to=HOST:PORT'
                Try: consigne relay --help
                """));
  }

  @Test
  void badAddress_isShown() {
    assertThat(Run.of("relay", "--to", "nowhere"))
        .isEqualTo(
            new Run(
                2,
                "",
                """
                consigne: invalid value for option '--to': not HOST:PORT: nowhere
                Try: consigne relay --help
                """));
  }

  @Test
  void argumentTooMany_isShown() {
    assertThat(Run.of("completion", "bash", "more").err())
        .startsWith("consigne: unknown argument \"more\"\n");
  }

  @Test
  void noCommand_isRefused() {
    assertThat(Run.of())
        .isEqualTo(new Run(2, "", "consigne: missing required subcommand\nTry: consigne --help\n"));
  }
}
