package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher gives a JVM, which this one takes without a word. */
class LaunchTest {
  /** With options of their own: those that move bytes, a host, and all others. */
  @ParameterizedTest
  @ValueSource(strings = {"cat", "serve", "ls"})
  void optionsForTheJvm_areTaken_andNothingIsSaidOfThem(String command) {
    Launcher.Outcome ended = Launcher.consigne(command, "--help");
    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("Usage: consigne " + command).doesNotContain("CompileComm");
  }
}
