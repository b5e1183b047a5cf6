package io.consigne.core.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * New, empty databases with the schema of a host, real ones. A suite over both is a
 * {@code @ParameterizedClass @EnumSource(TestDatabases.Kind.class)} whose constructor takes the
 * {@link Kind}.
 */
public final class TestDatabases {
  private static final AtomicInteger MADE = new AtomicInteger();

  private TestDatabases() {}

  /** The SQLite database in this directory; opened again it is the same. */
  public static Database sqlite(Path directory) {
    return Databases.sqlite(directory.resolve("host.db"));
  }

  /** Changes the SQLite database in this directory without looking at what rows name. */
  public static void changeUnchecked(Path directory, String statement) {
    String url = "jdbc:sqlite:" + directory.resolve("host.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement made = connection.createStatement()) {
      made.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /** A new database on a PostgreSQL server that runs as long as this JVM. */
  public static Database postgres() {
    return Databases.postgres(newPostgresAddress("TEMPLATE " + Template.NAME));
  }

  /** The address of a new database without any schema. */
  static PostgresAddress newPostgresAddress() {
    return newPostgresAddress("");
  }

  private static PostgresAddress newPostgresAddress(String options) {
    String name = "host" + MADE.incrementAndGet();
    runOnServer("CREATE DATABASE " + name + " " + options);
    return address(name);
  }

  private static PostgresAddress address(String name) {
    return PostgresAddress.parse(
        "postgresql://postgres@127.0.0.1:" + Server.RUNNING.getPort() + "/" + name);
  }

  /** Runs a statement on the server's own database. */
  static void runOnServer(String statement) {
    try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
        Statement made = connection.createStatement()) {
      made.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /** Which database. */
  public enum Kind {
    SQLITE {
      @Override
      public Supplier<Database> at(Path directory) {
        return () -> sqlite(directory);
      }
    },
    POSTGRES {
      @Override
      public Supplier<Database> at(Path directory) {
        PostgresAddress address = newPostgresAddress("TEMPLATE " + Template.NAME);
        return () -> Databases.postgres(address);
      }
    };

    /**
     * A place for one new database, which is the same each time that it is opened. The directory is
     * empty, and takes its files.
     */
    public abstract Supplier<Database> at(Path directory);

    /** A new database, open. */
    public Database open(Path directory) {
      return at(directory).get();
    }
  }

  private static final class Server {
    static final EmbeddedPostgres RUNNING = started();

    private static EmbeddedPostgres started() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A database that has the schema already: to copy it is quicker than to migrate. */
  private static final class Template {
    static final String NAME = made();

    private static String made() {
      runOnServer("CREATE DATABASE host_template");
      Databases.postgres(address("host_template")).close();
      return "host_template";
    }
  }
}
