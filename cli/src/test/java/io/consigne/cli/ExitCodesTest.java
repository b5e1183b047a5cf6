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

  @Test
  void keys() {
    String key = desk.environment().put("CONSIGNE_API_KEY", "csg_0123456789012345678901234567");
    ends(Exit.AUTH, "ls");
    desk.environment().put("CONSIGNE_API_KEY", key);
    desk.environment().put("CONSIGNE_API_KEY", desk.restrictedKey());
    ends(Exit.DENIED, "mkdir", "/forbidden");
    desk.environment().put("CONSIGNE_API_KEY", key);
  }

  @Test
  void floods() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.FLOOD)) {
      String url = desk.environment().put("CONSIGNE_URL", host.url().toString());
      ends(Exit.RATE_LIMITED, "ls", "--patience=0s");
      int asked = host.seen().size();
      ends(Exit.RATE_LIMITED, "ls", "--patience=0s");
      assertThat(host.seen()).hasSize(asked);
      desk.environment().put("CONSIGNE_URL", url);
      Files.delete(desk.path(".local/state/consigne/127.0.0.1.budget"));
    }
  }

  @Test
  void hostThatIsNotThere() {
    String url = desk.environment().put("CONSIGNE_URL", "http://127.0.0.1:1");
    ends(Exit.UNREACHABLE, "ls", "--patience=0s");
    desk.environment().put("CONSIGNE_URL", url);
  }

  @Test
  void documentation_listsThemAll() throws IOException {
    String page = Files.readString(Path.of("../docs/cli.md"));
    assertThat(Arrays.stream(Exit.values()))
        .allMatch(exit -> page.contains("| %d | `%s` | ".formatted(exit.code(), exit.word())));
  }
}
