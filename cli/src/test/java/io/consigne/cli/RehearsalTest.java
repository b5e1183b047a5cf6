package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The rehearsal goes through all that it is to record, or fails. */
final class RehearsalTest {
  private static final String JAVA = System.getProperty("java.home") + "/bin/java";

  @Test
  void clientUsesHost_untilAllIsDone() throws IOException {
    Rehearsal.main(
        new String[] {
          JAVA,
          "-XX:TieredStopAtLevel=1",
          "-cp",
          System.getProperty("java.class.path"),
          "io.consigne.cli.Main",
          "serve"
        });
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void noHost_isNoRehearsal() {
    assertThatThrownBy(() -> Rehearsal.main(new String[] {JAVA, "--version"}))
        .isInstanceOf(IOException.class)
        .hasMessage("the host does not start: [" + JAVA + ", --version]");
  }
}
