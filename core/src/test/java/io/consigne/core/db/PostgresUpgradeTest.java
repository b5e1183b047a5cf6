package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.ids.LinkId;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** A database on PostgreSQL with the schema of an earlier program, and what that had written. */
@Timeout(120)
class PostgresUpgradeTest {
  private static final String COLUMNS =
      """
      SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
        || COALESCE(column_default, identity_generation, '') || COALESCE(collation_name, '')
      FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name NOT LIKE 'flyway%' ORDER BY 1
      """;
  private static final String INDEXES =
      "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1";
  private static final String VERSION =
      "SELECT MAX(version::int) FROM flyway_schema_history WHERE success";

  /** Earlier programs numbered the files, and the contents, of all folders in one row. */
  private static final List<String> NUMBERS =
      List.of(
          """
          CREATE TEMP TABLE numbers AS
          SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS number FROM contents
          """,
          "UPDATE files f SET content_id = number FROM numbers n WHERE n.id = f.content_id",
          "UPDATE content_hashes h SET content_id = number FROM numbers n WHERE n.id ="
              + " h.content_id",
          "UPDATE content_segments s SET content_id = number FROM numbers n WHERE n.id ="
              + " s.content_id",
          "UPDATE contents c SET id = number FROM numbers n WHERE n.id = c.id",
          "DROP TABLE numbers",
          """
          UPDATE files f SET id = number
          FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS number FROM files) n WHERE n.id = f.id
          """);

  private final PostgresAddress newest = TestDatabases.newPostgresAddress();
  private final PostgresAddress earlier = TestDatabases.newPostgresAddress();

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "9", "10", "11"})
  void databaseOfAnEarlierVersion_isBroughtUpToDate_andAllIsThere(String version) throws Exception {
    Written written;
    try (Database database = Databases.postgres(newest)) {
      written = write(new TestHost(database));
    }
    Map<String, List<String>> before;
    try (Connection connection = earlier.source().getConnection()) {
      DataSource source = earlier.source();
      PostgresSchema.update(Migrations.postgres(source, version), connection);
      copyRows(connection);
      assertThat(texts(connection, VERSION)).containsExactly(version);
      before = rows(connection, tables(connection));
      assertThat(before.get("files")).hasSize(4); // and their columns
    }
    for (int start = 0; start < 2; start++) {
      try (Database database = Databases.postgres(earlier);
          Connection connection = earlier.source().getConnection();
          Connection fresh = newest.source().getConnection()) {
        assertThat(texts(connection, VERSION)).isEqualTo(texts(fresh, VERSION));
        assertThat(texts(connection, COLUMNS)).isEqualTo(texts(fresh, COLUMNS));
        assertThat(texts(connection, INDEXES)).isEqualTo(texts(fresh, INDEXES));
        if (start == 0) {
          assertThat(rows(connection, columnsOf(before))).isEqualTo(before);
        }
        use(new TestHost(database), written, start);
      }
    }
  }

  /** A command of a newer program once took the database from the host that runs on it. */
  @Test
  void earlierVersion_isRefusedByCommands_andStaysAsItIs() throws Exception {
    assertThatThrownBy(() -> Databases.postgresAsItIs(earlier))
        .hasMessage("there is no host in the database: serve makes one");
    try (Connection connection = earlier.source().getConnection()) {
      PostgresSchema.update(Migrations.postgres(earlier.source(), "7"), connection);
      assertThatThrownBy(() -> Databases.postgresAsItIs(earlier))
          .isExactlyInstanceOf(DatabaseException.class)
          .hasMessageStartingWith("the database has schema version 7, older than this program");
      assertThat(texts(connection, VERSION)).containsExactly("7");
    }
    Databases.postgres(earlier).close();
    Databases.postgresAsItIs(earlier).close();
  }

  /** What a host of any version has: accounts, a key, folders, a share, and files. */
  private static Written write(TestHost host) {
    Access alice = host.newAccount();
    Access bob = host.newAccount();
    ApiKey key = host.keys.regenerate(alice.account());
    var folder = host.folder(alice, "Folder");
    host.share(alice, folder, bob, true, false);
    StoredFile kept = host.file(alice, FolderRef.of(folder), "kept é.txt", 1234);
    StoredFile gone = host.file(alice, "gone", 5);
    host.file(bob, "bob's", 6);
    host.files.remove(alice, List.of(gone.link()));
    return new Written(alice, bob, key, kept.link());
  }

  private static void use(TestHost host, Written written, int start) {
    Access alice = host.open(written.key(), TestHost.CALLER).orElseThrow();
    assertThat(alice.account()).isEqualTo(written.alice().account());
    assertThat(alice.rights()).isEqualTo(written.alice().rights());
    assertThat(host.used(alice)).isEqualTo(1234 + 10L * start);
    assertThat(host.items(alice)).as("a folder and a file").isEqualTo(2L + start);
    assertThat(host.items(written.bob())).isEqualTo(1);
    for (Access access : List.of(alice, written.bob())) {
      StoredFile kept = host.files.get(access, FileRef.of(written.kept())).file();
      assertThat(kept.name().value()).isEqualTo("kept é.txt");
      assertThat(kept.size()).isEqualTo(1234);
    }
    assertThat(host.number("SELECT COUNT(*) FROM files WHERE removed_at IS NOT NULL")).isOne();
    StoredFile more = host.file(alice, "more" + start, 10);
    assertThat(host.files.get(alice, FileRef.of(more.link())).file().size()).isEqualTo(10);
  }

  /** What fits into the earlier schema, of which some columns are not there yet. */
  private void copyRows(Connection to) throws SQLException, IOException {
    try (Connection from = newest.source().getConnection();
        Statement statement = to.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      for (Map.Entry<String, String> table : tables(to).entrySet()) {
        var bytes = new ByteArrayOutputStream();
        from.unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY (SELECT " + table.getValue() + " FROM " + table.getKey() + ") TO STDOUT",
                bytes);
        to.unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY " + table.getKey() + " (" + table.getValue() + ") FROM STDIN",
                new ByteArrayInputStream(bytes.toByteArray()));
      }
      for (String numbered : NUMBERS) {
        statement.execute(numbered);
      }
      for (String counter :
          texts(
              to,
              """
              SELECT format('SELECT setval(pg_get_serial_sequence(%L, ''id''), MAX(id)) FROM %I',
                table_name, table_name)
              FROM information_schema.columns
              WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY 1
              """)) {
        statement.execute(counter);
      }
      statement.execute("SET session_replication_role = origin");
    }
  }

  /** Each table with its columns. */
  private static Map<String, String> tables(Connection connection) throws SQLException {
    var tables = new TreeMap<String, String>();
    for (String line :
        texts(
            connection,
            """
            SELECT table_name || ' ' || string_agg(column_name, ',' ORDER BY ordinal_position)
            FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name NOT LIKE 'flyway%'
            GROUP BY table_name ORDER BY 1
            """)) {
      int space = line.indexOf(' ');
      tables.put(line.substring(0, space), line.substring(space + 1));
    }
    return tables;
  }

  private static Map<String, List<String>> rows(Connection connection, Map<String, String> tables)
      throws SQLException {
    var rows = new TreeMap<String, List<String>>();
    for (Map.Entry<String, String> table : tables.entrySet()) {
      List<String> found = new ArrayList<>(List.of(table.getValue()));
      found.addAll(
          texts(
              connection,
              "SELECT t::text FROM (SELECT %s FROM %s) t ORDER BY 1"
                  .formatted(table.getValue(), table.getKey())));
      rows.put(table.getKey(), found);
    }
    return rows;
  }

  /** The columns that were looked at, which stand before the rows. */
  private static Map<String, String> columnsOf(Map<String, List<String>> rows) {
    var columns = new TreeMap<String, String>();
    rows.forEach((table, found) -> columns.put(table, found.getFirst()));
    return columns;
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      var texts = new ArrayList<String>();
      while (found.next()) {
        texts.add(found.getString(1));
      }
      return texts;
    }
  }

  /** What the earlier program had written. */
  private record Written(Access alice, Access bob, ApiKey key, LinkId kept) {}
}
