package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scrub and fsck as an operator runs them, beside a running host and alone. */
class UpkeepTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path home;

  private final KeptFiles kept = new KeptFiles();

  private static String data(Path data) {
    return "--data=" + data;
  }

  @Test
  void damage_isNamed_besideARunningHostAndAlone_untilItIsHealed() throws IOException {
    Path data = home.resolve("data");
    byte[] film = new byte[KeptFiles.LARGE];
    new Random(KeptFiles.LARGE).nextBytes(film);
    try (HostProcess host = HostProcess.start(data)) {
      kept.keepSome(host);
      assertThat(Launcher.consigne("scrub", data(data)).good()).endsWith("No damage is known\n");
      KeptFiles.flip(KeptFiles.largest(data), 100_000);

      Launcher.Outcome found = Launcher.consigne("scrub", "--anew", data(data));
      assertThat(found.exit()).isEqualTo(3);
      assertThat(found.out())
          .contains(
              "at 65536: the block's checksum differs", "admin  /Films/file " + KeptFiles.LARGE)
          .endsWith("1 segment damaged\n");
    }
    Launcher.Outcome alone = Launcher.consigne("scrub", "--status", "--json", data(data));
    assertThat(alone.exit()).isEqualTo(3);
    List<JsonNode> lines = alone.out().lines().map(JSON::readTree).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().at("/finding/files/0/path").asString())
        .isEqualTo("/Films/file " + KeptFiles.LARGE);
    assertThat(lines.getLast().at("/report/damaged").asInt()).isEqualTo(1);
    Launcher.Outcome backup =
        Launcher.consigne("backup", home.resolve("backup").toString(), data(data));
    assertThat(backup.exit()).isEqualTo(3);
    assertThat(backup.out())
        .contains("/Films/file " + KeptFiles.LARGE, "1 segment damaged and not copied");

    try (HostProcess host = HostProcess.start(data)) {
      new Api(host.url(), host.key()).upload("again", film);
      assertThat(Launcher.consigne("scrub", "--status", data(data)).good())
          .endsWith("No damage is known\n");
      kept.check(host);
    }
  }

  @Test
  void background_findsDamageByItself() throws IOException {
    Path data = home.resolve("data");
    try (HostProcess host = HostProcess.start(data)) {
      kept.keepSome(host);
    }
    KeptFiles.flip(KeptFiles.largest(data), 5);
    try (HostProcess host = HostProcess.start(data, "--scrub-every=1s", "--scrub-rate=1G")) {
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> host.log().contains("Stored bytes are damaged"));
      assertThat(host.log()).contains("/Films/file " + KeptFiles.LARGE);
      assertThat(Launcher.consigne("scrub", "--status", data(data)).exit()).isEqualTo(3);
    }
  }

  @Test
  void fsck_dryRun_thenRepair_besideARunningHost() throws Exception {
    Path data = home.resolve("data");
    try (HostProcess host = HostProcess.start(data)) {
      kept.keepSome(host);
    }
    change(data, "UPDATE accounts SET used_bytes = used_bytes + 5");
    Files.createDirectories(data.resolve("blobs/00"));
    Path orphan = data.resolve("blobs/00/000000000000000000000000000000ff");
    try (HostProcess host = HostProcess.start(data)) {
      Files.write(orphan, new byte[10]);
      Launcher.Outcome dry = Launcher.consigne("fsck", data(data));
      assertThat(dry.exit()).isEqualTo(3);
      assertThat(dry.out())
          .contains("Accounts whose used bytes are miscounted: 1", "account admin uses ")
          .contains("Store files that the database does not know: 1")
          .endsWith("2 faults, of which --repair can repair 2\n");
      assertThat(orphan).exists();
      assertThat(Launcher.consigne("fsck", "--dry-run", data(data)).exit()).isEqualTo(3);

      assertThat(Launcher.consigne("fsck", "--repair", data(data)).good())
          .contains("repaired: 1")
          .endsWith("all faults are repaired\n");
      assertThat(orphan).doesNotExist();
      assertThat(Launcher.consigne("fsck", data(data)).good()).endsWith("all is well\n");
      kept.check(host);
    }
    assertThat(Launcher.consigne("fsck", "--dry-run", "--repair", data(data)).exit()).isEqualTo(2);
  }

  @Test
  void taskWhoseCommandIsKilled_ends_andCanBeRunAgain() throws Exception {
    Path data = home.resolve("data");
    try (HostProcess host = HostProcess.start(data)) {
      kept.keepSome(host);
      var slow = new AtomicReference<>(slowScrub(data));
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> {
            if (!slow.get().isAlive()) {
              slow.set(slowScrub(data)); // it met the other one, and was refused itself
            }
            return Launcher.consigne("scrub", data(data), "--rate=1G").exit() == 1;
          });
      slow.get().destroy();
      slow.get().waitFor();
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> Launcher.consigne("scrub", data(data), "--rate=1G").exit() == 0);
    }
  }

  private Process slowScrub(Path data) throws IOException {
    return Launcher.command(List.of("scrub", "--rate=64K", data(data)))
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("slow.txt").toFile())
        .start();
  }

  /** Not 10, which is for clients, nor with what they are told then. */
  @Test
  void databaseThatIsAway_isExitCodeOne() {
    Launcher.Outcome away =
        Launcher.consigne("fsck", data(home), "--db=postgresql://x@127.0.0.1:1/y");
    assertThat(away.exit()).isEqualTo(1);
    assertThat(away.err()).startsWith("consigne: ").doesNotContain("unexpected", "; ");
  }

  @Test
  void directoryWithoutAHost_isRefused() {
    Launcher.Outcome refused = Launcher.consigne("scrub", data(home));
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).startsWith("consigne: there is no host in " + home);
    assertThat(home).isEmptyDirectory();
  }

  private static void change(Path data, String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("consigne.db"));
        Statement made = connection.createStatement()) {
      made.executeUpdate(statement);
    }
  }
}
