package io.consigne.core.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database on a PostgreSQL server, which several hosts may share. Each call runs on a virtual
 * thread of its own, because interrupting one that waits for its socket would close the connection.
 */
final class PostgresDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
  private static final int WRITERS = 8;
  private static final int READERS = 8;

  /**
   * How long an answer may take. Where a machine lost its power while something was on its way to
   * it, the system tries again for a quarter of an hour, and asks nothing else.
   */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

  /** How long a call waits for a server that does not answer. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

  /** A commit waits for the disk, and a host that has gone silent does not block the others. */
  private static final String SETTINGS =
      """
      SELECT set_config('idle_in_transaction_session_timeout', '60s', false),
             set_config('synchronous_commit',
                        CASE current_setting('synchronous_commit')
                          WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END,
                        false)
      """;

  private final HikariDataSource writing;
  private final HikariDataSource reading;
  private final Lane writes;
  private final Lane reads;

  private PostgresDatabase(DataSource source, String server, RandomGenerator random) {
    writing = new HikariDataSource(pool(source, "writes", WRITERS));
    HikariConfig snapshots = pool(source, "reads", READERS);
    snapshots.setReadOnly(true);
    snapshots.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    reading = new HikariDataSource(snapshots);
    ScopedValue<Boolean> working = ScopedValue.newInstance();
    var writer =
        new PostgresWriter(
            writing, new ServerConnections(server, "write", System::nanoTime), random);
    writes = new Lane(working, WRITERS, onItsOwnThread(writer::run));
    var reader =
        new PostgresReader(reading, new ServerConnections(server, "read", System::nanoTime));
    reads = new Lane(working, READERS, onItsOwnThread(reader::run));
  }

  static PostgresDatabase open(PostgresAddress address, Schema schema, RandomGenerator random) {
    DataSource source = address.source();
    try (Connection connection = source.getConnection()) {
      warnIfNotDurable(connection, address);
      Migrations steps = Migrations.postgres(source);
      switch (schema) {
        case UPDATED -> PostgresSchema.update(steps, connection);
        case AS_IT_IS -> steps.require();
      }
      return new PostgresDatabase(impatient(address), address.toString(), random);
    } catch (SQLException e) {
      throw new DatabaseException(address + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Where connections for calls come from: unlike a migration, no call takes that long. */
  static DataSource impatient(PostgresAddress address) {
    PGSimpleDataSource source = address.source();
    source.setSocketTimeout((int) LONGEST_ANSWER.toSeconds());
    return source;
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return reads.call(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    return writes.call(work);
  }

  /** The number of a transaction: all that began before have lower ones. */
  @Override
  public long mark() {
    return write(
        sql -> sql.number("SELECT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT) AS number"));
  }

  @Override
  public boolean isDecided(long mark) {
    String lowestRunning =
        "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) AS number";
    return this.<Long>read(sql -> sql.number(lowestRunning)) > mark;
  }

  @Override
  public boolean isFile() {
    return false;
  }

  @Override
  public void close() {
    writes.close();
    reads.close();
    writing.close();
    reading.close();
  }

  private static HikariConfig pool(DataSource source, String name, int connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("postgres-" + name);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(LONGEST_WAIT.toMillis());
    config.setValidationTimeout(LONGEST_LOOK.toMillis());
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    config.setIsolateInternalQueries(true);
    config.setConnectionInitSql(SETTINGS);
    return config;
  }

  private static Consumer<Pending<?>> onItsOwnThread(Consumer<Pending<?>> runner) {
    return call -> Thread.ofVirtual().name("postgres-call").start(() -> runner.accept(call));
  }

  private static void warnIfNotDurable(Connection connection, PostgresAddress address)
      throws SQLException {
    for (String setting : new String[] {"fsync", "full_page_writes"}) {
      try (Statement show = connection.createStatement();
          ResultSet rows = show.executeQuery("SHOW " + setting)) {
        if (rows.next() && "off".equals(rows.getString(1))) {
          LOG.warn("{} runs with {} = off: a power cut may damage it", address, setting);
        }
      }
    }
  }
}
