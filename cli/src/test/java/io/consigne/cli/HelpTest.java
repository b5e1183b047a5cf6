package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {

  @Test
  void help_listsCommandsInGroups() {
    Run run = Run.of("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsSubsequence(
            "Usage: consigne [-Vh] COMMAND",
            "Run and administer a host:",
            "  sample      Stand for a command of the host.",
            "Use a host:",
            "  relay       Let a program that knows only 1fichier.com reach your host.",
            "  completion  Print a script that completes commands and options in a shell.");
  }

  @Test
  void helpOfCommand_isThereWithoutTheCommandSayingSo() {
    Run run = Run.of("sample", "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Usage: consigne sample [-h] [--failure=")
        .contains("Show this help and exit.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "relay", "completion"})
  void lines_areNoLongerThanAHundred(String command) {
    assertThat(Run.of(command, "--help").out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  /** They were named twice, with dots. */
  @Test
  void placesOfTransfers_areNamedOnce() {
    assertThat(Run.of("put", "--help").out())
        .contains(" LOCAL… REMOTE\nUpload files")
        .contains("\n      LOCAL… REMOTE ");
    assertThat(Run.of("mv", "--help").out()).contains("REMOTE… TARGET\nMove or rename");
  }

  /** A line ended within a word. */
  @Test
  void eventsOfWebhooks_areWhole() {
    assertThat(Run.of("webhook", "add", "--help").out()).contains("key.made, key.changed,");
  }

  @Test
  void version_namesCommitAndJava() {
    assertThat(Version.ofThisBuild().toString())
        .matches(
            "consigne \\d+\\.\\d+\\.\\d+ \\(commit ([0-9a-f]{12}(-dirty)?|unknown),"
                + " built for Java 25\\)");
  }

  @Test
  void version_isTheSameThroughTheParser() {
    assertThat(Run.of("-V").out().strip()).isEqualTo(Version.ofThisBuild().toString());
  }

  @Test
  void helpAsACommand_isTheSame() {
    assertThat(Run.of("help").out()).isEqualTo(Run.of("--help").out());
    assertThat(Run.of("help", "ls").out()).isEqualTo(Run.of("ls", "--help").out());
  }
}
