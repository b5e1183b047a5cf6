package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody downloads: told of before they go, and only where the operator wants it. */
class RetentionTest {
  private static final String ON = "--retention=on";
  private static final String BOB = "bob@example.org";

  @TempDir Path home;

  @Test
  void oldFileOfAFreeAccount_isAnnounced_toItsOwnerAndTheOperator() throws SQLException {
    Path data = home.resolve("data");
    String key;
    String link;
    try (HostProcess host = HostProcess.start(data, ON)) {
      key =
          Launcher.consigne("account", "add", BOB, "--plan=free", "--data=" + data).good().strip();
      var api = new Api(host.url(), key);
      link = Api.link(api.upload("old.txt", "old".getBytes(StandardCharsets.UTF_8)));
      api.upload("new.txt", "new".getBytes(StandardCharsets.UTF_8));
      assertThat(info(host, key, link)).doesNotContain("removal");
      assertThat(expiring()).isEqualTo("No file of " + BOB + " will be removed\n");
    }
    letPass(Duration.ofDays(26));
    try (HostProcess host = HostProcess.start(data, ON)) {
      await().until(() -> info(host, key, link).contains("\"removal\":\"20"));
      assertThat(expiring())
          .containsPattern("REMOVAL +SIZE +LINK +FILE\n20\\S+ +3 +[a-z0-9]{20} +old.txt\n")
          .doesNotContain("new.txt");
    }
    try (HostProcess host = HostProcess.start(data)) {
      await().until(() -> !info(host, key, link).contains("removal"));
    }
  }

  private static String info(HostProcess host, String key, String link) {
    return new Api(host.url(), key).call("file/info.cgi", "{\"url\":\"" + link + "\"}").toString();
  }

  private String expiring() {
    return Launcher.consigne("account", "expiring", BOB, "--data=" + home.resolve("data")).good();
  }

  /** Makes the old file, and the day on which the host began to look, so much older. */
  private void letPass(Duration time) throws SQLException {
    Instant then = Instant.now().minus(time);
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/consigne.db"));
        Statement statement = database.createStatement()) {
      statement.executeUpdate(
          "UPDATE files SET uploaded_at = %d WHERE name = 'old.txt'"
              .formatted(then.toEpochMilli()));
      statement.executeUpdate(
          "UPDATE host SET value = '%s' WHERE name = 'retention-since'".formatted(then));
    }
  }
}
