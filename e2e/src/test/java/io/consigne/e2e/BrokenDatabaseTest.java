package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose database fails to commit once lived on, and wrote nothing until somebody looked. */
class BrokenDatabaseTest {
  @TempDir Path home;

  @Test
  void hostThatCannotCommit_endsWithACodeOfItsOwn_andIsStartedAgain() throws Exception {
    Path data = home.resolve("data");
    try (HostProcess host = HostProcess.start(data)) {
      change(
          data,
          "CREATE TABLE late (id INTEGER PRIMARY KEY,"
              + " of INTEGER REFERENCES late (id) DEFERRABLE INITIALLY DEFERRED)");
      change(
          data,
          "CREATE TRIGGER broken AFTER INSERT ON folders"
              + " BEGIN INSERT INTO late VALUES (1, 2); END");
      var api = new Api(host.url(), host.key());

      assertThat(api.post("folder/mkdir.cgi", "{\"name\":\"new\"}").statusCode()).isEqualTo(500);

      assertThat(host.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(host.process().exitValue()).isEqualTo(4);
      assertThat(host.log().lines().filter(line -> line.contains(" ERROR ")))
          .anySatisfy(line ->
              assertThat(line)
                  .endsWith(
                      "The database cannot be written any more: the host ends with exit code 4, to"
                          + " be started again"));
    }
    change(data, "DROP TRIGGER broken");
    try (HostProcess again = HostProcess.start(data)) {
      var api = new Api(again.url(), again.key());
      assertThat(api.post("folder/mkdir.cgi", "{\"name\":\"new\"}").statusCode()).isEqualTo(200);
    }
  }

  private static void change(Path data, String statement) throws SQLException {
    String url = "jdbc:sqlite:" + data.resolve("consigne.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement made = connection.createStatement()) {
      made.execute(statement);
    }
  }
}
