package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host on PostgreSQL is backed up and restored by the steps of docs/operating.md. */
@Timeout(600)
class PostgresBackupTest {
  private static final String BOB = "bob@example.org";

  /** Keys of addresses that a restore ends, and counts of what keys and accounts did on a day. */
  private static final Set<String> TRANSIENT = Set.of("signing_keys", "key_days", "transferred");

  /** What goes on while a host only runs. */
  private static final String PASSING =
      "'{used_at,used_from,used_by,value,state,node,claim,attempts,next_at,status,reason,"
          + "ended_at}'";

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

  /** Each table of a host gets rows: shares, rules, keys, webhooks, remote uploads. */
  private static void useAll(HostProcess host, String database) {
    var api = new Api(host.url(), host.key());
    Launcher.consigne("account", "add", BOB, "--data=" + host.data(), "--db=" + database).good();
    String link = Api.link(api.upload("locked", new byte[1000]));
    api.call(
        "file/chattr.cgi",
        "{\"urls\":[\"%s\"],\"pass\":\"secret6\",\"acl\":{\"premium\":1}}".formatted(link));
    long folder = api.call("folder/mkdir.cgi", "{\"name\":\"Shared\"}").path("folder_id").asLong();
    api.call(
        "folder/share.cgi",
        "{\"folder_id\":%d,\"share\":1,\"pass\":\"secret6\",\"shares\":[{\"email\":\"%s\"}]}"
            .formatted(folder, BOB));
    for (String name : List.of("phone", "lost")) {
      api.call("key/add.cgi", "{\"name\":\"%s\",\"scopes\":[\"read\"]}".formatted(name));
    }
    api.call("key/rotate.cgi", "{\"key\":\"phone\",\"overlap\":\"1h\"}");
    api.call("key/revoke.cgi", "{\"key\":\"lost\"}");
    long hook =
        api.call("webhook/add.cgi", "{\"url\":\"http://localhost/hook\"}").path("id").asLong();
    api.call("webhook/test.cgi", "{\"id\":" + hook + "}");
    api.call("remote/request.cgi", "{\"urls\":[\"http://localhost/file\"]}");
  }

  /** All rows of all tables are those that were backed up, and there are some. */
  private static void assertAlike(PostgresServer server, String database, String restored) {
    List<String> tables =
        server.rows(
            database,
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
    assertThat(tables).hasSizeGreaterThan(20).containsAll(TRANSIENT);
    SoftAssertions.assertSoftly(each -> {
      for (String table : tables) {
        if (!TRANSIENT.contains(table)) {
          each.assertThat(server.rows(restored, rows(table)))
              .as(table)
              .isEqualTo(server.rows(database, rows(table)))
              .isNotEmpty();
        }
      }
    });
  }

  /** All of a table; of the host's own facts that by which it can read what is sealed. */
  private static String rows(String table) {
    return table.equals("host")
        ? "SELECT value FROM host WHERE name = 'remote-seal'"
        : "SELECT to_jsonb(t) - %s::text[] FROM %s t ORDER BY 1".formatted(PASSING, table);
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
        useAll(host, database);
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
      assertAlike(server, database, later);
      check(home.resolve("restored early"), earlier, before);
      check(home.resolve("restored"), later, kept.soFar());
    }
  }
}
