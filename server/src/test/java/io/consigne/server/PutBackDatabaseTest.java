package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A copy of the database that was put in its place is known as one, and for what it does not know.
 */
class PutBackDatabaseTest {
  @TempDir Path data;

  /** One of the newer database could open another file, which gets the number of the one meant. */
  @Test
  void tokens_areEnded() throws IOException {
    try (var host = RunningHost.start(data, RunningHost.Choices.NONE)) {
      host.token(host.upload("a", bytes()));
    }
    List<String> before = secrets();
    restart();
    assertThat(secrets()).isEqualTo(before).isNotEmpty();

    Files.writeString(data.resolve("blobs/store-age"), "1000");
    restart();
    assertThat(secrets()).doesNotContainAnyElementsOf(before);
  }

  /** It was not for ten minutes: what was uploaded since was deleted by a start after a kill. */
  @Test
  void copy_isOlderSoonAfterAnUpload() throws IOException {
    try (var host = RunningHost.start(data, RunningHost.Choices.NONE)) {
      await().until(() -> age() > 0);
      long before = age();
      host.upload("a", bytes());
      await().atMost(Duration.ofSeconds(60)).until(() -> age() > before);
    }
  }

  private long age() throws IOException {
    Path file = data.resolve("blobs/store-age");
    return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
  }

  private void restart() throws IOException {
    Host.start(RunningHost.config(data, RunningHost.Choices.NONE)).close();
  }

  private List<String> secrets() {
    try (Database database = Databases.sqliteAsItIs(data.resolve("consigne.db"))) {
      return database.read(
          sql -> sql.list("SELECT secret FROM signing_keys", row -> row.text("secret")));
    }
  }

  private static byte[] bytes() {
    return "some bytes".getBytes(StandardCharsets.UTF_8);
  }
}
