package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.man.ManPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A manual page for each command, with each of its options. */
final class ManTest {
  @TempDir private Path folder;

  @Test
  void everyCommand_hasAPageWithEveryOption() {
    CommandLine program = Program.forArguments();
    Map<String, String> pages = new ManPages(program).all();
    assertThat(pages).containsKeys("consigne.1", "consigne-ls.1", "consigne-serve.1");
    check(program, pages);
  }

  private static void check(CommandLine command, Map<String, String> pages) {
    String page = pages.get(command.getCommandSpec().qualifiedName("-") + ".1");
    assertThat(page).as(command.getCommandName()).isNotNull();
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        assertThat(page).contains(option.longestName().replace("-", "\\-"));
      }
    }
    command.getSubcommands().values().forEach(below -> check(below, pages));
  }

  @Test
  void pages_areWrittenWhereTheyAreWanted() throws IOException {
    assertThat(Run.of("man", "--to", folder.toString()).exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("consigne-put.1")))
        .startsWith(".TH \"consigne\\-put\" 1")
        .contains(
            ".SH EXIT STATUS", "CONSIGNE_CLI_IF_EXISTS", "pg_dump db | consigne put \\- /db.sql");
    assertThat(folder.resolve("consigne-key-add.1")).exists();
  }

  @Test
  void page_tellsVariablesAndFiles() {
    assertThat(Run.of("man", "get").out())
        .contains(
            ".SH ENVIRONMENT",
            "CONSIGNE_API_KEY",
            "CONSIGNE_PASSWORD",
            ".SH FILES",
            "~/.config/consigne/keys/NAME",
            "NAME.part");
    assertThat(Run.of("man", "sync").out()).contains("values on a line each");
    assertThat(Run.of("man", "mkdir").out())
        .contains(".SH ENVIRONMENT")
        .doesNotContain("CONSIGNE_PASSWORD", "NAME.part", "values on a line each");
    assertThat(Run.of("man", "relay").out())
        .contains("(CONSIGNE_CLI_TO)", ".SH ENVIRONMENT")
        .doesNotContain(".SH FILES", "CONSIGNE_API_KEY");
    assertThat(Run.of("man", "key", "list").out()).doesNotContain("CONSIGNE_CLI_");
  }

  @Test
  void page_isPrintedIntoAPipe() {
    assertThat(Run.of("man", "ls").out()).startsWith(".TH \"consigne\\-ls\" 1");
    assertThat(Run.of("man", "key", "list").out()).startsWith(".TH \"consigne\\-key\\-list\" 1");
    assertThat(Run.of("man", "nothing").exitCode()).isEqualTo(2);
  }
}
