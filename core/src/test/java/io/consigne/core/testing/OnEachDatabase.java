package io.consigne.core.testing;

import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A suite that runs on SQLite and on PostgreSQL. Each test has parts and a clock of its own on one
 * database of each kind, which lives as long as the JVM; tests keep apart by having accounts of
 * their own.
 */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
public abstract class OnEachDatabase {
  private static final Map<TestDatabases.Kind, Database> OPEN =
      new EnumMap<>(TestDatabases.Kind.class);

  protected final TestHost host;

  protected OnEachDatabase(TestDatabases.Kind kind) {
    host = new TestHost(shared(kind));
  }

  private static synchronized Database shared(TestDatabases.Kind kind) {
    return OPEN.computeIfAbsent(kind, OnEachDatabase::open);
  }

  private static Database open(TestDatabases.Kind kind) {
    try {
      Path directory = Files.createTempDirectory("consigne-test");
      Database database = kind.open(directory);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> clear(database, directory)));
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void clear(Database database, Path directory) {
    database.close();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
