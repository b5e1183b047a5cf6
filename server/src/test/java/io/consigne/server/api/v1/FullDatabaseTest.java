package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.db.Database;
import io.consigne.server.api.v1.Talk.Said;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told when the database has no room for what it sent. */
class FullDatabaseTest {
  private static final String ALICE = "alice@example.org";

  /** The names alone need more than the room that is left. */
  private static byte[] manyFiles() {
    var body = new StringBuilder();
    for (int i = 100; i < 400; i++) {
      body.append(Uploading.file(i + "x".repeat(200))).append(i).append("\r\n");
    }
    return body.append("--edge--\r\n").toString().getBytes(UTF_8);
  }

  /** It was a page for people. */
  @Test
  void upload_isRefusedInJson(@TempDir Path folder) throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account(ALICE);
      try (var alice = new Uploading(host, ALICE)) {
        Database database = host.database();
        long pages = database.<Long>write(sql -> sql.number("PRAGMA page_count"));
        database.change(sql -> sql.number("PRAGMA max_page_count = " + pages));
        Said refused = alice.post(manyFiles());
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.text())
            .isEqualTo("{\"status\":\"KO\",\"message\":\"The server's disk is full #705\"}");
      }
    }
  }
}
