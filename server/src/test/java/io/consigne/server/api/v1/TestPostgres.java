package io.consigne.server.api.v1;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server of this JVM, started when it is first needed. */
final class TestPostgres {
  private static final AtomicInteger MADE = new AtomicInteger();

  private TestPostgres() {}

  /** Makes an empty database; returns {@code host:port/name}. Its user is {@code postgres}. */
  static String newDatabase() {
    String name = "wire" + MADE.incrementAndGet();
    try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
        Statement made = connection.createStatement()) {
      made.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(name, e);
    }
    return "127.0.0.1:" + Server.RUNNING.getPort() + "/" + name;
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
}
