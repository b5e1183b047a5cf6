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
                consigne: --to HOST:PORT is missing: where your host listens for HTTPS
                Try: consigne relay --help
                """));
  }

  /** The host was asked first, and said that scopes are missing. */
  @Test
  void keyWithoutScopes_isToldWhichThereAre() {
    assertThat(Run.of("key", "add", "alice@example.org", "phone"))
        .isEqualTo(
            new Run(
                2,
                "",
                """
                consigne: a key needs --scopes: what it may do, of read, write, delete, share, \
                remote, account; such as --scopes read,write
                Try: consigne key add --help
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
                consigne: --to: not HOST:PORT: nowhere
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
        .isEqualTo(new Run(2, "", "consigne: a command is missing\nTry: consigne --help\n"));
  }

  @Test
  void missingArgument_isNamedWithWhatItIs() {
    assertThat(Run.of("rm").err())
        .isEqualTo("consigne: REMOTE is missing: paths or links\nTry: consigne rm --help\n");
  }

  @Test
  void badValue_isShownWithoutThePlaceInTheProgram() {
    assertThat(Run.of("put", "a", "/", "--transfers=none").err())
        .startsWith("consigne: --transfers: not a number from 1 to 99: none\n");
    assertThat(Run.of("completion", "ksh").err())
        .startsWith("consigne: bash|zsh|fish: one of bash, zsh, fish, not ksh\n");
  }
}
