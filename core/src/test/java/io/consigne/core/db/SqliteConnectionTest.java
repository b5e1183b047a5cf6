package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** A connection keeps the statements that it will run again, and no others. */
class SqliteConnectionTest {
  @TempDir Path directory;

  /**
   * The driver once kept each of them until the connection was closed, which the writer's is not.
   */
  @Test
  void statementsThatFail_areClosed() throws Exception {
    var made = new ArrayList<PreparedStatement>();
    try (Database _ = TestDatabases.sqlite(directory);
        var connection =
            SqliteConnection.writing(new Watched(directory.resolve("host.db"), made))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> connection.run("ROLLBACK")).isInstanceOf(SQLException.class);
      }
      assertThat(made).hasSize(3).allSatisfy(each -> assertThat(each.isClosed()).isTrue());
    }
  }

  /** Tells of the statements that its connections prepare. */
  private static final class Watched extends SQLiteDataSource {
    private final List<PreparedStatement> made;

    Watched(Path file, List<PreparedStatement> made) {
      this.made = made;
      setUrl(SqliteConnection.source(file).getUrl());
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection real = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                Object result = method.invoke(real, arguments);
                if (result instanceof PreparedStatement statement) {
                  made.add(statement);
                }
                return result;
              });
    }
  }
}
