package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Exit;
import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Each exit code of docs/cli.md, by a command that ends so. 8 and 130 have tests of their own. */
final class ExitCodesTest extends OneDesk {
  private void ends(Exit exit, String... arguments) {
    Run run = desk.run(arguments);
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(exit.code());
    if (exit != Exit.OK) {
      assertThat(run.err()).startsWith("consigne: ").doesNotContain("unexpected");
    }
  }

  @Test
  void ordinaryOnes() {
    ends(Exit.OK, "ls");
    ends(Exit.USAGE, "ls", "--unheard-of");
    ends(Exit.USAGE, "rm", "-r", "/");
    ends(Exit.NOT_FOUND, "ls", "/nothing");
    ends(Exit.NOT_FOUND, "put", "/no/such/file", "/");
    ends(Exit.NOT_FOUND, "sync", "--filter-from=/no/such/file", "/tmp", ":/");
    desk.typing("x").good("put", "-", "/there");
    ends(Exit.CONFLICT, "put", "-", "/there");
  }

  /** The desk is that of other tests, too. */
  private void ends(String variable, String value, Exit exit, String... arguments) {
    String before = desk.environment().put(variable, value);
    try {
      ends(exit, arguments);
    } finally {
      desk.environment().put(variable, before);
    }
  }

  @Test
  void keys() {
    ends("CONSIGNE_API_KEY", "csg_0123456789012345678901234567", Exit.AUTH, "ls");
    ends("CONSIGNE_API_KEY", desk.restrictedKey(), Exit.DENIED, "mkdir", "/forbidden");
  }

  @Test
  void floods() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.FLOOD)) {
      String url = host.url().toString();
      ends("CONSIGNE_URL", url, Exit.RATE_LIMITED, "ls", "--patience=0s");
      int asked = host.seen().size();
      ends("CONSIGNE_URL", url, Exit.RATE_LIMITED, "ls", "--patience=0s");
      assertThat(host.seen()).hasSize(asked);
    } finally {
      Files.deleteIfExists(desk.path(".local/state/consigne/127.0.0.1.budget"));
    }
  }

  @Test
  void hostThatIsNotThere() {
    ends("CONSIGNE_URL", "http://127.0.0.1:1", Exit.UNREACHABLE, "ls", "--patience=0s");
  }

  @Test
  void documentation_listsThemAll() throws IOException {
    String page = Files.readString(Path.of("../docs/cli.md"));
    assertThat(Arrays.stream(Exit.values()))
        .allMatch(exit -> page.contains("| %d | `%s` | ".formatted(exit.code(), exit.word())));
  }
}
