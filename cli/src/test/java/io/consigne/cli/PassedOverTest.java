package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host may do less than it was asked for, and say OK: only its count tells. */
final class PassedOverTest {
  @TempDir private Path home;
  private StandIn host;

  @BeforeEach
  void start() throws IOException {
    host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
    for (String name : new String[] {"a", "b", "c"}) {
      host.files().add(name, new byte[] {1});
    }
    host.files().passOver("b");
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  private Run run(String... arguments) {
    return Run.against(host, home, arguments);
  }

  @Test
  void mv_ofFewerThanAsked_isNoSuccess() {
    Run run = run("mv", "/a", "/b", "/c", "/to/");
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.err())
        .contains("/b: the host refused: the host says that it has moved 2 of 3 files;")
        .doesNotContain("/a:")
        .doesNotContain("/c:");
    assertThat(run("ls", "/to").out()).as("asked for anew").isEqualTo("a\nc\n");
    assertThat(run("ls", "/").out()).contains("b\n");
  }

  @Test
  void cp_namesWhatWasNotCopied() {
    Run run = run("cp", "/a", "/b", "/c", "/to/");
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.err())
        .contains("/b: the host does not say that it has copied it")
        .doesNotContain("/a:");
    assertThat(run("ls", "/to").out()).isEqualTo("a\nc\n");
  }

  @Test
  void rm_namesWhatIsLeft() {
    host.refuse("/v1/folder/rm.cgi", "Something that nobody knows");
    assertThat(run("mkdir", "/f").exitCode()).isZero();
    Run run = run("rm", "-r", "--yes", "--json", "/a", "/c", "/f");
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("not removed, as far as is known: /f\n");
    assertThat(run.out())
        .startsWith(
            "{\"consigne\":1,\"command\":\"rm\",\"data\":{\"files\":2,\"folders\":0,"
                + "\"left\":[\"/f\"]},\"error\":{\"kind\":\"denied\",\"exit\":4,");
  }
}
