package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scrub, fsck, backup and restore as an operator runs them, beside a running host and alone. */
class UpkeepTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LARGE = 3_000_000;

  @TempDir Path home;

  private final Map<String, byte[]> kept = new LinkedHashMap<>();

  /** Files of many sizes, in folders, of two accounts. */
  private void keepSome(HostProcess host) {
    var admin = new Api(host.url(), host.key());
    for (int size : new int[] {0, 1, 10_000, 65_536, 65_537, LARGE}) {
      byte[] bytes = new byte[size];
      new Random(size).nextBytes(bytes);
      kept.put(id(Api.link(admin.upload("file " + size, bytes))), bytes);
    }
    long folder =
        admin
            .call("folder/mkdir.cgi", "{\"folder_id\":0,\"name\":\"Films\"}")
            .path("folder_id")
            .asLong();
    String last = kept.keySet().stream().toList().getLast();
    admin.call(
        "file/mv.cgi",
        "{\"urls\":[\"%s/?%s\"],\"destination_folder_id\":%d}".formatted(host.url(), last, folder));
  }

  private static String id(String link) {
    return link.substring(link.indexOf('?') + 1);
  }

  private void checkKept(HostProcess host, String key, Map<String, byte[]> expected) {
    var api = new Api(host.url(), key);
    expected.forEach(
        (id, bytes) -> assertThat(api.download(host.url() + "/?" + id)).isEqualTo(bytes));
  }

  private static String data(Path data) {
    return "--data=" + data;
  }

  @Test
  void backup_whileClientsUploadAndRemove_isRestoredWhole() throws Exception {
    Path data = Fixture.unpack("d578f82", home).data();
    Path backup = home.resolve("backup");
    Path early = home.resolve("restored early");
    Path late = home.resolve("restored");
    Map<String, byte[]> before;
    try (HostProcess host = HostProcess.start(data)) {
      keepSome(host);
      before = Map.copyOf(kept);
      try (var clients = new Clients(host, 3)) {
        for (int round = 0; round < 2; round++) {
          assertThat(Launcher.consigne("backup", backup.toString(), data(data)).good())
              .startsWith("The backup in " + backup + " is complete: ");
        }
        assertThat(Launcher.consigne("fsck", data(data)).good()).endsWith("all is well\n");
        clients.stop().forEach((link, bytes) -> kept.put(id(link), bytes));
      }
      Launcher.consigne("restore", backup.toString(), data(early)).good();
      Launcher.consigne("backup", backup.toString(), data(data)).good();
    }
    Launcher.consigne("restore", backup.toString(), data(late)).good();
    checkSameTree(data, late);
    String key = Files.readString(home.resolve("data.key")).strip();
    checkRestored(early, key, before);
    checkRestored(late, key, kept);
  }

  private void checkRestored(Path restored, String key, Map<String, byte[]> expected)
      throws IOException {
    Files.writeString(restored.resolveSibling(restored.getFileName() + ".key"), key);
    assertThat(Launcher.consigne("fsck", data(restored)).good()).endsWith("all is well\n");
    try (HostProcess again = HostProcess.start(restored)) {
      checkKept(again, key, expected);
      assertThat(Launcher.consigne("scrub", data(restored)).good())
          .endsWith("No damage is known\n");
    }
  }

  /** Accounts, folders, shares, and files with all that was set about them are the same rows. */
  private static void checkSameTree(Path one, Path other) throws SQLException {
    for (String query :
        List.of(
            "SELECT id, email, password_hash, plan, root_id, used_bytes, changes FROM accounts",
            "SELECT id, account_id, secret_hash, revoked_at FROM api_keys",
            "SELECT id, account_id, parent_id, name, share_token, share_password FROM folders",
            "SELECT folder_id, account_id, rw, hide_links FROM folder_shares",
            "SELECT id, account_id, folder_id, name, size_bytes, link, uploaded_at, modified_at,"
                + " password, acl FROM files WHERE removed_at IS NULL")) {
      assertThat(rows(other, query)).as(query).isEqualTo(rows(one, query)).isNotEmpty();
    }
    String keys = "SELECT secret FROM signing_keys";
    assertThat(rows(one, keys)).isNotEmpty();
    assertThat(rows(other, keys)).as("else tokens of before would open other files").isEmpty();
  }

  private static List<String> rows(Path data, String query) throws SQLException {
    var rows = new ArrayList<String>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("consigne.db"));
        Statement statement = connection.createStatement();
        var result = statement.executeQuery(query + " ORDER BY 1")) {
      while (result.next()) {
        var row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(result.getString(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @Test
  void damage_isNamed_besideARunningHostAndAlone_untilItIsHealed() throws IOException {
    Path data = home.resolve("data");
    byte[] film = new byte[LARGE];
    new Random(LARGE).nextBytes(film);
    try (HostProcess host = HostProcess.start(data)) {
      keepSome(host);
      assertThat(Launcher.consigne("scrub", data(data)).good()).endsWith("No damage is known\n");
      flip(largest(data), 100_000);

      Launcher.Outcome found = Launcher.consigne("scrub", "--anew", data(data));
      assertThat(found.exit()).isEqualTo(3);
      assertThat(found.out())
          .contains("at 65536: the block's checksum differs", "admin  /Films/file " + LARGE)
          .endsWith("1 segment damaged\n");
    }
    Launcher.Outcome alone = Launcher.consigne("scrub", "--status", "--json", data(data));
    assertThat(alone.exit()).isEqualTo(3);
    List<JsonNode> lines = alone.out().lines().map(JSON::readTree).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().at("/finding/files/0/path").asString())
        .isEqualTo("/Films/file " + LARGE);
    assertThat(lines.getLast().at("/report/damaged").asInt()).isEqualTo(1);
    Launcher.Outcome backup =
        Launcher.consigne("backup", home.resolve("backup").toString(), data(data));
    assertThat(backup.exit()).isEqualTo(3);
    assertThat(backup.out()).contains("/Films/file " + LARGE, "1 segment damaged and not copied");

    try (HostProcess host = HostProcess.start(data)) {
      new Api(host.url(), host.key()).upload("again", film);
      assertThat(Launcher.consigne("scrub", "--status", data(data)).good())
          .endsWith("No damage is known\n");
      checkKept(host, host.key(), kept);
    }
  }

  @Test
  void backup_isVerified_besideARunningHostAndWithoutAny() throws IOException {
    Path data = home.resolve("data");
    String backup = home.resolve("backup").toString();
    try (HostProcess host = HostProcess.start(data)) {
      keepSome(host);
      Launcher.consigne("backup", backup, data(data)).good();
      assertThat(Launcher.consigne("backup", "--verify", backup, data(data)).good())
          .startsWith("The backup in " + backup + ", begun ")
          .endsWith("; all of it is whole\n");
    }
    Path large = largest(Path.of(backup));
    flip(large, 70_000);
    Launcher.Outcome flipped = Launcher.consigne("backup", "--verify", backup);
    assertThat(flipped.exit()).isEqualTo(3);
    assertThat(flipped.out())
        .contains("at 65536: the block's checksum differs", "admin  /Films/file " + LARGE)
        .endsWith("; 1 segment damaged or missing, 0 could not be checked\n");
    flip(large, 70_000);

    Files.writeString(Path.of(backup, "manifest"), "nonsense");
    Launcher.Outcome refused = Launcher.consigne("backup", "--verify", backup);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).isEqualTo("consigne: The manifest of the backup is damaged\n");
    assertThat(Launcher.consigne("backup", "--verify", "--prune", backup).exit()).isEqualTo(2);
  }

  @Test
  void background_findsDamageByItself() throws IOException {
    Path data = home.resolve("data");
    try (HostProcess host = HostProcess.start(data)) {
      keepSome(host);
    }
    flip(largest(data), 5);
    try (HostProcess host = HostProcess.start(data, "--scrub-every=1s", "--scrub-rate=1G")) {
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> host.log().contains("Stored bytes are damaged"));
      assertThat(host.log()).contains("/Films/file " + LARGE);
      assertThat(Launcher.consigne("scrub", "--status", data(data)).exit()).isEqualTo(3);
    }
  }

  @Test
  void fsck_dryRun_thenRepair_besideARunningHost() throws Exception {
    Path data = home.resolve("data");
    try (HostProcess host = HostProcess.start(data)) {
      keepSome(host);
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
      checkKept(host, host.key(), kept);
    }
    assertThat(Launcher.consigne("fsck", "--dry-run", "--repair", data(data)).exit()).isEqualTo(2);
  }

  @Test
  void taskWhoseCommandIsKilled_ends_andCanBeRunAgain() throws Exception {
    Path data = home.resolve("data");
    try (HostProcess host = HostProcess.start(data)) {
      keepSome(host);
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

  @Test
  void halfRestoredDirectory_isNoHost_andOthersAreNotRestoredInto() throws Exception {
    Path data = home.resolve("data");
    Path backup = home.resolve("backup");
    try (HostProcess host = HostProcess.start(data)) {
      keepSome(host);
      Launcher.consigne("backup", backup.toString(), data(data)).good();
      Launcher.Outcome over = Launcher.consigne("restore", backup.toString(), data(data));
      assertThat(over.exit()).isEqualTo(1);
      assertThat(over.err()).startsWith("consigne: " + data + " is not empty");
    }
    Path manifest = backup.resolve("manifest");
    Files.move(manifest, home.resolve("manifest"));
    Path to = home.resolve("restored");
    Launcher.Outcome none = Launcher.consigne("restore", backup.toString(), data(to));
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err())
        .isEqualTo("consigne: The backup in " + backup + " was never completed\n");
    Launcher.Outcome half = Launcher.consigne("serve", "--listen=127.0.0.1:0", data(to));
    assertThat(half.exit()).isEqualTo(1);
    assertThat(half.err()).contains("A restore into " + to + " was not finished");

    Files.move(home.resolve("manifest"), manifest);
    Launcher.consigne("restore", backup.toString(), data(to)).good();
    checkRestored(to, Files.readString(home.resolve("data.key")).strip(), kept);
  }

  @Test
  void dumpOfTheDatabase_isMadeWhileNothingIsDeleted_andItsFaultIsTold() throws Exception {
    Path data = home.resolve("data");
    Path backup = home.resolve("backup");
    Path dump = home.resolve("dump.db");
    String copy =
        "echo dumping; cp %1$s %2$s; cp %1$s-wal %2$s-wal"
            .formatted(data.resolve("consigne.db"), dump);
    try (HostProcess host = HostProcess.start(data)) {
      keepSome(host);
      Launcher.Outcome failed =
          Launcher.consigne(
              "backup", backup.toString(), "--blobs-only", "--dump=exit 7", data(data));
      assertThat(failed.exit()).isEqualTo(1);
      assertThat(failed.out()).isEmpty();
      assertThat(failed.err())
          .isEqualTo("consigne: the dump ended with 7, nothing was copied: exit 7\n");
      assertThat(backup).doesNotExist();
      Launcher.Outcome made =
          Launcher.consigne(
              "backup", backup.toString(), "--blobs-only", "--dump", copy, data(data));
      assertThat(made.good()).startsWith("The backup in " + backup + " is complete: ");
      assertThat(made.out()).doesNotContain("dumping");
      assertThat(made.err()).contains("dumping\n");
      assertThat(holds(dump)).isEqualTo(1);
    }
    assertThat(holds(data.resolve("consigne.db"))).isZero();
    Launcher.Outcome prune =
        Launcher.consigne("backup", backup.toString(), "--blobs-only", "--prune", data(data));
    assertThat(prune.exit()).isEqualTo(2);
    assertThat(prune.err()).contains("--prune goes with --dump");
  }

  private static int holds(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM host WHERE name LIKE 'deletions-held-until/%'")) {
      return rows.getInt(1);
    }
  }

  @Test
  void postgres_isLeftToItsOwnTools() {
    Launcher.Outcome refused =
        Launcher.consigne(
            "backup", home.resolve("b").toString(), "--db=postgresql://x@127.0.0.1:1/y");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith("consigne: a PostgreSQL database is copied by its own tools: run backup");
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

  private static Path largest(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
      return files
          .filter(Files::isRegularFile)
          .max((one, other) -> Long.compare(one.toFile().length(), other.toFile().length()))
          .orElseThrow();
    }
  }

  private static void flip(Path path, long position) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(position);
      int old = file.read();
      file.seek(position);
      file.write(old ^ 1);
    }
  }

  private static void change(Path data, String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("consigne.db"));
        Statement made = connection.createStatement()) {
      made.executeUpdate(statement);
    }
  }
}
