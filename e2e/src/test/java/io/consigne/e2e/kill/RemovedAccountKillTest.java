package io.consigne.e2e.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.e2e.Api;
import io.consigne.e2e.HostDatabase;
import io.consigne.e2e.HostProcess;
import io.consigne.e2e.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host is killed while it removes an account of many files. */
class RemovedAccountKillTest {
  private static final String ALICE = "alice@example.org";
  private static final int COPIES = 40_000;

  @TempDir Path home;

  @Test
  void killedHost_goesOnWhenItIsStarted_andItsCountsAreRight() throws Exception {
    Path data = home.resolve("data");
    String key;
    try (HostProcess host = HostProcess.start(data)) {
      key = Launcher.consigne("account", "add", ALICE, "--data=" + data).good().strip();
      assertThat(new Api(host.url(), key).upload("a.txt", new byte[3]).statusCode()).isEqualTo(200);
    }
    multiply(data);
    killAmidRemoval(data);
    assertThat(Books.faults(data)).isEmpty();
    try (HostDatabase left = HostDatabase.copyOf(data)) {
      assertThat(Long.parseLong(one(left, "SELECT items FROM accounts WHERE removed_at > 0")))
          .as("it was amid the removal")
          .isBetween(1L, (long) COPIES);
    }

    try (HostProcess host = HostProcess.start(data)) {
      assertThat(new Api(host.url(), key).post("file/ls.cgi", "{}").statusCode()).isEqualTo(401);
      assertThat(Launcher.consigne("account", "list", "--data=" + data).good())
          .doesNotContain(ALICE);
      try (HostDatabase running = HostDatabase.ofRunning(data)) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> one(running, "SELECT COUNT(*) FROM accounts").equals("1"));
        assertThat(one(running, "SELECT COUNT(*) FROM files WHERE removed_at IS NULL"))
            .isEqualTo("0");
        assertThat(one(running, "SELECT SUM(refs) FROM contents")).isEqualTo("0");
      }
      assertThat(Launcher.consigne("fsck", "--dry-run", "--data=" + data).exit()).isZero();
      host.kill();
    }
    assertThat(Books.faults(data)).isEmpty();
  }

  private static void killAmidRemoval(Path data) throws IOException, InterruptedException {
    try (HostProcess host = HostProcess.start(data)) {
      Process asking =
          Launcher.command(List.of("account", "delete", ALICE, "--yes", "--data=" + data)).start();
      try (HostDatabase running = HostDatabase.ofRunning(data)) {
        await()
            .pollInterval(Duration.ofMillis(2))
            .until(() ->
                one(running, "SELECT COUNT(*) FROM accounts WHERE items < " + COPIES).equals("2"));
      }
      host.kill();
      assertThat(asking.waitFor()).as("who asked is not told that it is done").isNotZero();
    }
  }

  private static String one(HostDatabase database, String question) {
    return String.join(" ", database.texts(question));
  }

  /** Files that all show what the first one shows. */
  private static void multiply(Path data) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("consigne.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          INSERT INTO files (account_id, folder_id, name, content_id, size_bytes, link, domain,
            uploaded_at, modified_at, revision, description, inline, no_ssl, cdn, acl)
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          SELECT account_id, folder_id, name || i, content_id, size_bytes, 'copy' || i, domain,
            uploaded_at, modified_at, revision, description, inline, no_ssl, cdn, acl
          FROM files, n WHERE name = 'a.txt'
          """
              .formatted(COPIES));
      statement.executeUpdate("UPDATE contents SET refs = refs + " + COPIES);
      statement.executeUpdate(
          "UPDATE accounts SET items = items + %d, used_bytes = used_bytes + %d WHERE email = '%s'"
              .formatted(COPIES, 3 * COPIES, ALICE));
    }
  }
}
