package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host on PostgreSQL is backed up and restored by the steps of docs/operating.md. */
@Timeout(600)
class PostgresBackupTest {
  private static final List<String> TREE =
      List.of(
          "SELECT id, email, password_hash, plan, root_id, used_bytes, changes FROM accounts"
              + " ORDER BY 1",
          "SELECT id, account_id, secret_hash, revoked_at FROM api_keys ORDER BY 1",
          "SELECT id, account_id, parent_id, name FROM folders ORDER BY 1",
          "SELECT id, account_id, folder_id, name, size_bytes, link, uploaded_at, modified_at"
              + " FROM files WHERE removed_at IS NULL ORDER BY 1");

  @TempDir Path home;

  private final KeptFiles kept = new KeptFiles();

  /** The documented command; its address stands in no command line. */
  private void backUp(Path data, String database, Path dump) {
    ProcessBuilder command =
        Launcher.command(
            List.of(
                "backup",
                home.resolve("backup").toString(),
                "--data=" + data,
                "--blobs-only",
                "--dump",
                "pg_dump --format=custom --file=%1$s.new && mv %1$s.new %1$s".formatted(dump)));
    command.environment().put("CONSIGNE_DB", database);
    assertThat(Launcher.run(command).good()).startsWith("The backup in ");
  }

  private void restore(Path dump, String database, Path data) {
    Launcher.run(new ProcessBuilder("pg_restore", "--dbname=" + database, dump.toString())).good();
    Launcher.consigne(
            "restore", home.resolve("backup").toString(), "--data=" + data, "--db=" + database)
        .good();
  }

  /** Everything is there, and everybody who knew the key knows it. */
  private void check(Path data, String database, Map<String, byte[]> expected) throws Exception {
    String key = Files.readString(home.resolve("data.key")).strip();
    Files.writeString(home.resolve(data.getFileName() + ".key"), key);
    assertThat(Launcher.consigne("fsck", "--data=" + data, "--db=" + database).good())
        .endsWith("all is well\n");
    try (HostProcess again = HostProcess.start(data, "--db=" + database)) {
      KeptFiles.check(again, key, expected);
    }
  }

  @Test
  void hostOnPostgres_isRestoredByTheDocumentedSteps_withAllFilesAndRows() throws Exception {
    Path data = home.resolve("data");
    Path early = home.resolve("early.dump");
    Path late = home.resolve("late.dump");
    try (PostgresServer server = PostgresServer.start(home.resolve("postgres"))) {
      String database = server.newDatabase("consigne");
      Map<String, byte[]> before;
      try (HostProcess host = HostProcess.start(data, "--db=" + database)) {
        kept.keepSome(host);
        before = kept.soFar();
        try (var clients = new Clients(host, 2)) {
          backUp(data, database, early);
          kept.add(clients.stop());
        }
        backUp(data, database, late);
      }
      String earlier = server.newDatabase("earlier");
      String later = server.newDatabase("later");
      restore(early, earlier, home.resolve("restored early"));
      restore(late, later, home.resolve("restored"));
      for (String query : TREE) {
        assertThat(server.rows(later, query))
            .as(query)
            .isEqualTo(server.rows(database, query))
            .isNotEmpty();
      }
      check(home.resolve("restored early"), earlier, before);
      check(home.resolve("restored"), later, kept.soFar());
    }
  }
}
