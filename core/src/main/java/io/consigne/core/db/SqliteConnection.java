package io.consigne.core.db;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One connection to a SQLite file, with the statements that it has prepared. Transactions are begun
 * and ended by hand, so that the driver begins none of its own.
 */
final class SqliteConnection implements Session, AutoCloseable {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
  private static final int WAL_KEPT_BYTES = 64 << 20;

  /**
   * The log is copied into the file when it has so many pages of 4 KiB: some hundred fewer than the
   * first piece of its index counts (4062). A commit that finds no room to let the index grow may
   * have happened or not, so that nothing could be written until a restart. SQLite does so within a
   * commit, and those who wait for it wait for the copy as well; the writer does it by itself.
   */
  private static final int CHECKPOINT_PAGES = 3500;

  /** Tells how many pages the log has, and how many of them are in the file; copies none. */
  private static final String LOG_LENGTH = "PRAGMA wal_checkpoint(NOOP)";

  private static final int CACHE_KIBIBYTES = 16 << 10;
  private static final int KEPT_STATEMENTS = 256;

  private static final String URL = "jdbc:sqlite:";

  private final Connection connection;
  private final Path directory;

  /** Statements nobody uses now, least recently used first. */
  private final Map<String, Prepared> kept = new LinkedHashMap<>();

  private SqliteConnection(SQLiteDataSource source) throws SQLException {
    connection = source.getConnection();
    directory = Objects.requireNonNull(file(source).getParent());
  }

  private static Path file(SQLiteDataSource source) {
    String address = source.getUrl().substring(URL.length());
    int options = address.indexOf('?');
    return Path.of(URI.create(options < 0 ? address : address.substring(0, options)));
  }

  /** Where connections of this file come from. */
  static SQLiteDataSource source(Path file) {
    return source(file, config(true));
  }

  /**
   * Where those come from that bring the schema up to date. They do not ask whether each row that
   * is moved names another that is there: a damaged database opens, so that fsck can repair it.
   * What they sort, which may be every row, is beside the file and not in memory.
   */
  static SQLiteDataSource migrating(Path file) {
    SQLiteConfig config = config(false);
    config.setTempStore(SQLiteConfig.TempStore.FILE);
    Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
    config.setTempStoreDirectory(directory.toString().replace("'", "''"));
    return source(file, config);
  }

  private static SQLiteConfig config(boolean foreignKeys) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(WAL_KEPT_BYTES);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    // What a savepoint needs to be undone; else each one writes to a file of its own in /var/tmp.
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setCacheSize(-CACHE_KIBIBYTES);
    config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
    config.setGetGeneratedKeys(false); // the driver would ask for one after each INSERT
    config.enforceForeignKeys(foreignKeys);
    config.setPragma(SQLiteConfig.Pragma.CASE_SENSITIVE_LIKE, "true");
    return config;
  }

  private static SQLiteDataSource source(Path file, SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(URL + file.toUri());
    return source;
  }

  /** Where connections of a file come from that nobody changes; they write nothing at all. */
  static SQLiteDataSource unchanging(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setPragma(SQLiteConfig.Pragma.CASE_SENSITIVE_LIKE, "true");
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(URL + file.toUri() + "?immutable=1");
    return source;
  }

  /** A connection that may change rows. */
  static SqliteConnection writing(SQLiteDataSource source) throws SQLException {
    SqliteConnection opened = new SqliteConnection(source);
    String mode = opened.journalMode();
    if (!mode.equals("wal")) {
      opened.close();
      throw new SQLException("the file system does not allow a write-ahead log: " + mode);
    }
    opened.leaveLog();
    return opened;
  }

  /** What {@link #migrating} set for the whole process counts no longer. */
  void forgetTempStoreDirectory() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA temp_store_directory = ''");
    }
  }

  /** A connection that refuses to change rows. */
  static SqliteConnection reading(SQLiteDataSource source) throws SQLException {
    SqliteConnection opened = new SqliteConnection(source);
    opened.run("PRAGMA query_only = true");
    return opened;
  }

  /** Leaves it to {@link #reuseLog} to copy the log. */
  private void leaveLog() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = 0");
    }
  }

  /**
   * Copies the log into the file, synced, and empties it; not all of it while another process
   * reads.
   */
  void emptyLog() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  /**
   * Copies what readers allow of the log into the file, so that the log begins anew in the room
   * that it has; returns whether that was possible.
   */
  boolean reuseLog() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Whether the log has so much that is not in the file that it is time to copy it there. */
  boolean isLogLong() throws SQLException {
    Prepared prepared = take(LOG_LENGTH);
    try (ResultSet row = prepared.statement().executeQuery()) {
      int pages = row.getInt("log");
      return pages >= CHECKPOINT_PAGES && pages > row.getInt("checkpointed");
    } finally {
      giveBack(LOG_LENGTH, prepared);
    }
  }

  /** Writes all rows, as one reader sees them, into a file that is new or empty. */
  void copyTo(Path copy) throws SQLException {
    try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, copy.toString());
      vacuum.execute();
    }
  }

  /** Runs a statement that answers nothing, such as {@code COMMIT}. */
  void run(String statement) throws SQLException {
    Prepared prepared = take(statement);
    try {
      prepared.statement().execute();
    } catch (SQLException e) {
      closeAfter(e, prepared);
      throw e;
    }
    giveBack(statement, prepared);
  }

  private static void closeAfter(SQLException fault, Prepared prepared) {
    try {
      prepared.close();
    } catch (SQLException e) {
      fault.addSuppressed(e);
    }
  }

  @Override
  public Prepared take(String statement) throws SQLException {
    Prepared prepared = kept.remove(statement);
    return prepared == null ? new Prepared(connection.prepareStatement(statement)) : prepared;
  }

  @Override
  public void giveBack(String statement, Prepared prepared) throws SQLException {
    Prepared twin = kept.put(statement, prepared);
    if (twin != null) {
      twin.close();
    }
    if (kept.size() > KEPT_STATEMENTS) {
      Iterator<Prepared> oldest = kept.values().iterator();
      oldest.next().close();
      oldest.remove();
    }
  }

  /** SQLite would take null for what is missing, or what was bound the time before. */
  @Override
  public void refuseUnlessTaking(int arguments, Prepared prepared) throws SQLException {
    int places = prepared.places();
    if (places != arguments) {
      throw new SQLException("the statement takes " + places + " arguments, not " + arguments);
    }
  }

  @Override
  public boolean isUniqueViolation(SQLException failure) {
    SQLiteErrorCode code = code(failure);
    return code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
        || code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
        || code == SQLiteErrorCode.SQLITE_CONSTRAINT_ROWID;
  }

  @Override
  public boolean isFull(SQLException failure) {
    return isFull(failure, () -> DiskQuota.isUsedUp(directory));
  }

  /** SQLite does not tell a quota that is used up from a disk that is broken. */
  static boolean isFull(SQLException failure, BooleanSupplier quotaIsUsedUp) {
    return switch (code(failure)) {
      case SQLITE_FULL -> true;
      case SQLITE_IOERR_WRITE -> quotaIsUsedUp.getAsBoolean();
      case null, default -> false;
    };
  }

  @Override
  public boolean isAway(SQLException failure) {
    return false; // it is a file
  }

  @Override
  public boolean undo() {
    return true; // SQLite has done so by itself
  }

  @Override
  public void close() {
    try (connection) {
      for (Prepared prepared : kept.values()) {
        prepared.close();
      }
    } catch (SQLException e) {
      throw new DatabaseException("a connection cannot be closed: " + e.getMessage(), e);
    }
  }

  private String journalMode() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA journal_mode")) {
      return rows.getString(1);
    }
  }

  private static @Nullable SQLiteErrorCode code(SQLException failure) {
    return failure instanceof SQLiteException e ? e.getResultCode() : null;
  }
}
