package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison with a public folder of a host that refuses to tell of its files. */
@SuppressWarnings("NullAway.Init") // set before each test
final class PublishedRefusalsTest {
  private static final String INFO = "/v1/file/info.cgi";

  @TempDir private Path home;
  private StandIn host;
  private String folder = "";

  @BeforeEach
  void publish() throws IOException {
    host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
    host.files().addFull("many", 7);
    folder = Run.against(host, home, "share", "/many").out().strip();
    for (int i = 1; i <= 7; i++) {
      Path copies = Files.createDirectories(home.resolve("copies"));
      Files.write(copies.resolve(Integer.toString(i)), new byte[] {1});
    }
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  private Run check(String... more) {
    var arguments = new String[4 + more.length];
    arguments[0] = "check";
    arguments[1] = "--profile=environment";
    System.arraycopy(more, 0, arguments, 2, more.length);
    arguments[arguments.length - 2] = home.resolve("copies").toString();
    arguments[arguments.length - 1] = folder;
    return Run.against(host, home, arguments);
  }

  /** All were called compared, and different. */
  @Test
  void keyThatIsDead_endsIt() {
    assertThat(check().exitCode()).isZero();
    long before = host.seen(INFO);
    host.refuse(INFO, "No such user #93");
    Run run = check();
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(host.seen(INFO) - before).isOne();
  }

  @Test
  void filesThatAreNotAskedFor_areNotCompared() {
    host.refuse(INFO, "Resource not found #469");
    Run run = check();
    assertThat(host.seen(INFO)).isEqualTo(5);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).hasLineCount(7).startsWith("? 1\n");
    assertThat(run.err())
        .contains("consigne: 2 files not tried, since the host refused: Resource not found #469");
    assertThat(check("--json").out()).contains("\"notTried\":2");
  }

  /** Each was asked for without one, which is a refusal that 1fichier.com counts. */
  @Test
  void fileWithAPasswordThatNobodyKnows_isNotAskedFor() throws IOException {
    List<FileLink> links =
        Run.against(host, home, "link", "/many/1", "/many/2")
            .out()
            .lines()
            .map(FileLink::new)
            .toList();
    var config = ClientConfig.of(host.url(), new ApiKey("any")).stateIn(home.resolve("state"));
    try (var client = new Client(config)) {
      client.files().change(links, FileChange.NONE.lockedBy("secret"));
    }
    Run run = check();
    assertThat(host.seen(INFO)).isEqualTo(5);
    assertThat(run.exitCode()).isEqualTo(11);
    assertThat(run.out()).isEqualTo("? 1\n? 2\n");
    assertThat(run.err())
        .containsOnlyOnce("no checksum to compare with: files have passwords of their own;");
  }
}
