package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore as an operator runs them, beside a running host and alone. */
class BackupCommandsTest {
  @TempDir Path home;

  private final KeptFiles kept = new KeptFiles();

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
      kept.keepSome(host);
      before = kept.soFar();
      try (var clients = new Clients(host, 3)) {
        for (int round = 0; round < 2; round++) {
          assertThat(Launcher.consigne("backup", backup.toString(), data(data)).good())
              .startsWith("The backup in " + backup + " is complete: ");
        }
        assertThat(Launcher.consigne("fsck", data(data)).good()).endsWith("all is well\n");
        kept.add(clients.stop());
      }
      Launcher.consigne("restore", backup.toString(), data(early)).good();
      Launcher.consigne("backup", backup.toString(), data(data)).good();
    }
    Launcher.consigne("restore", backup.toString(), data(late)).good();
    checkSameTree(data, late);
    String key = Files.readString(home.resolve("data.key")).strip();
    checkRestored(early, key, before);
    checkRestored(late, key, kept.soFar());
  }

  private void checkRestored(Path restored, String key, Map<String, byte[]> expected)
      throws IOException {
    Files.writeString(restored.resolveSibling(restored.getFileName() + ".key"), key);
    assertThat(Launcher.consigne("fsck", data(restored)).good()).endsWith("all is well\n");
    try (HostProcess again = HostProcess.start(restored)) {
      KeptFiles.check(again, key, expected);
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
  void backup_isVerified_besideARunningHostAndWithoutAny() throws IOException {
    Path data = home.resolve("data");
    String backup = home.resolve("backup").toString();
    try (HostProcess host = HostProcess.start(data)) {
      kept.keepSome(host);
      Launcher.consigne("backup", backup, data(data)).good();
      assertThat(Launcher.consigne("backup", "--verify", backup, data(data)).good())
          .startsWith("The backup in " + backup + ", begun ")
          .endsWith("; all of it is whole\n");
    }
    Path large = KeptFiles.largest(Path.of(backup));
    KeptFiles.flip(large, 70_000);
    Launcher.Outcome flipped = Launcher.consigne("backup", "--verify", backup);
    assertThat(flipped.exit()).isEqualTo(3);
    assertThat(flipped.out())
        .contains("at 65536: the block's checksum differs", "admin  /Films/file " + KeptFiles.LARGE)
        .endsWith("; 1 segment damaged or missing, 0 could not be checked\n");
    KeptFiles.flip(large, 70_000);

    Files.writeString(Path.of(backup, "manifest"), "nonsense");
    Launcher.Outcome refused = Launcher.consigne("backup", "--verify", backup);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).isEqualTo("consigne: The manifest of the backup is damaged\n");
    assertThat(Launcher.consigne("backup", "--verify", "--prune", backup).exit()).isEqualTo(2);
  }

  @Test
  void halfRestoredDirectory_isNoHost_andOthersAreNotRestoredInto() throws Exception {
    Path data = home.resolve("data");
    Path backup = home.resolve("backup");
    try (HostProcess host = HostProcess.start(data)) {
      kept.keepSome(host);
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
    checkRestored(to, Files.readString(home.resolve("data.key")).strip(), kept.soFar());
  }

  @Test
  void dumpOfTheDatabase_isMadeWhileNothingIsDeleted_andItsFaultIsTold() throws Exception {
    Path data = home.resolve("data");
    Path backup = home.resolve("backup");
    Path dump = home.resolve("dump.db");
    String copy =
        "echo dumping $PGUSER@$PGHOST:$PGPORT/$PGDATABASE; cp %1$s %2$s; cp %1$s-wal %2$s-wal"
            .formatted(data.resolve("consigne.db"), dump);
    String db = "--db=postgresql://alice@127.0.0.1:1/host";
    try (HostProcess host = HostProcess.start(data)) {
      kept.keepSome(host);
      Launcher.Outcome unnamed =
          Launcher.consigne("backup", backup.toString(), "--blobs-only", "--dump=true", data(data));
      assertThat(unnamed.exit()).isEqualTo(2);
      assertThat(unnamed.err()).startsWith("consigne: --dump needs --db: ");
      Launcher.Outcome failed =
          Launcher.consigne(
              "backup", backup.toString(), "--blobs-only", "--dump=exit 7", db, data(data));
      assertThat(failed.exit()).isEqualTo(1);
      assertThat(failed.out()).isEmpty();
      assertThat(failed.err())
          .isEqualTo("consigne: the dump ended with 7, nothing was copied: exit 7\n");
      assertThat(backup).doesNotExist();
      Launcher.Outcome made =
          Launcher.consigne(
              "backup", backup.toString(), "--blobs-only", "--dump", copy, db, data(data));
      assertThat(made.good()).startsWith("The backup in " + backup + " is complete: ");
      assertThat(made.out()).doesNotContain("dumping");
      assertThat(made.err()).contains("dumping alice@127.0.0.1:1/host\n");
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
}
