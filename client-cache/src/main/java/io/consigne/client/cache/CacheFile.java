package io.consigne.client.cache;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * The file of a cache. One of a version before is brought up to date; a damaged one, or one of any
 * other version, is replaced by a new one. Others may have it open meanwhile, and go on with the
 * new one: each looks before and after its work whether the file still has its name. Files are
 * opened and replaced by one at a time, who has {@code NAME.lock}.
 */
final class CacheFile implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  static final List<String> SUFFIXES = List.of("", "-wal", "-shm", "-journal");

  /** What SQLite says of a file that is no database, or no longer a sound one. */
  private static final Set<SQLiteErrorCode> DAMAGE =
      Set.of(SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);

  /** The last eight bits say what kind of failure it is, those before say more of it. */
  private static final int KIND = 0xff;

  /** Who holds what is in memory. */
  private static final long IN_MEMORY = -1;

  /** How often work is done again, since the file was replaced meanwhile. */
  private static final int AGAIN = 3;

  /** A process has the lock of a file but once. */
  private static final ReentrantLock OPENING = new ReentrantLock();

  /** Where the driver unpacks its library. */
  private static final String UNPACKED = "org.sqlite.tmpdir";

  /** More than it takes. */
  private static final long UNPACKED_BYTES = 16 << 20;

  private final CachePlace place;
  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection connection;

  /** Which file that is; of some file systems it is not known. */
  private @Nullable Object identity;

  /** In the place of a file that cannot be used, where that is as good. */
  private @Nullable Connection memory;

  private final Spare spare;
  private final Holders holders;

  CacheFile(Path file) {
    this(CachePlace.of(file), () -> false);
  }

  /**
   * A cache in a file.
   *
   * @param spare whether memory is as good if the file cannot be used
   */
  CacheFile(CachePlace place, Spare spare) {
    this.place = place;
    this.file = place.file();
    this.spare = spare;
    this.holders = new Holders(place.holders());
  }

  /**
   * Whether nothing needs to be known for longer than a process, as the host is asked each time.
   */
  @FunctionalInterface
  interface Spare {
    boolean isMemory() throws IOException;
  }

  /** Something done in one transaction; it is done again if the file is replaced meanwhile. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** By what number others know that this process goes on; what is in memory nobody else sees. */
  long holder() throws IOException {
    try {
      return memory == null ? holders.self() : IN_MEMORY;
    } catch (IOException e) {
      if (spare.isMemory()) {
        return IN_MEMORY;
      }
      throw e;
    }
  }

  /** Whether who has this number goes on. */
  boolean isHeld(long number) {
    return number == IN_MEMORY ? memory != null : holders.isHeld(number);
  }

  /** Whether it has been made. */
  boolean isThere() {
    return memory != null || place.isThere();
  }

  /**
   * Reads or writes, alone among all processes.
   *
   * @throws IOException if the file can be neither used nor made anew
   */
  <T> T run(Work<T> work) throws IOException {
    lock.lock();
    try {
      Connection open = memory;
      return open == null ? onDisk(work) : transaction(open, work);
    } catch (SQLException e) {
      throw new IOException("the cache cannot be used: " + file + ": " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  /** Where it fails, memory is used for the rest, if that will do. */
  private <T> T onDisk(Work<T> work) throws IOException, SQLException {
    try {
      return inFile(work);
    } catch (IOException | SQLException e) {
      if (!spare.isMemory()) {
        throw e;
      }
      var source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite::memory:");
      Connection open = connected(source);
      memory = open;
      transaction(open, CacheFile::isReady);
      return transaction(open, work);
    }
  }

  private <T> T inFile(Work<T> work) throws IOException, SQLException {
    for (int left = AGAIN; ; left--) {
      try {
        T result = transaction(connection(), work);
        if (left == 0 || isCurrent()) {
          return result;
        }
      } catch (SQLException e) {
        if (left == 0 || (isCurrent() && !isDamage(e))) {
          throw e;
        }
        replace();
      }
    }
  }

  /** The driver unpacks what it is, which no machine of this kind may have, or no disk room for. */
  private static Connection connected(SQLiteDataSource source) throws IOException, SQLException {
    try {
      return source.getConnection();
    } catch (LinkageError e) {
      throw new IOException("SQLite cannot be loaded: " + e.getMessage(), e);
    }
  }

  /**
   * Others wait no longer than this takes: it is begun and ended by hand, as the driver's own
   * commit begins the next one at once.
   */
  private static <T> T transaction(Connection open, Work<T> work) throws SQLException {
    execute(open, "BEGIN IMMEDIATE");
    try {
      T result = work.run(open);
      execute(open, "COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      try {
        execute(open, "ROLLBACK");
      } catch (SQLException undone) {
        e.addSuppressed(undone);
      }
      throw e;
    }
  }

  private static void execute(Connection open, String sql) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connection() throws SQLException, IOException {
    Connection known = connection;
    if (known != null && isCurrent()) {
      return known;
    }
    disconnect();
    return alone(this::open);
  }

  /** Whether the file that was opened has its name still. */
  private boolean isCurrent() throws IOException {
    return Objects.equals(identity, identityOf(file));
  }

  private static @Nullable Object identityOf(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return "none";
    }
  }

  /** Something that is done by one at a time. */
  @FunctionalInterface
  private interface Step<T> {
    T run() throws SQLException, IOException;
  }

  private <T> T alone(Step<T> step) throws SQLException, IOException {
    Files.createDirectories(file.getParent());
    OPENING.lock();
    try (FileChannel open = FileChannel.open(place.beside(".lock"), CREATE, WRITE);
        FileLock _ = open.lock()) {
      return step.run();
    } finally {
      OPENING.unlock();
    }
  }

  private Connection open() throws SQLException, IOException {
    unpackBeside();
    boolean isNew = Files.notExists(file) && !CacheMigration.take(place);
    if (isNew) {
      OwnFile.make(file);
    }
    Leftovers.remove(place, Instant.now());
    identity = identityOf(file);
    Connection fresh = connected(source());
    boolean ready = false;
    try {
      ready = transaction(fresh, CacheFile::isReady);
      if (isNew && ready) {
        CacheMigration.remember(fresh, place.others());
      }
    } finally {
      if (!ready) {
        fresh.close();
      }
    }
    if (!ready) {
      delete();
      return open();
    }
    connection = fresh;
    return fresh;
  }

  /**
   * A place for temporary files is often one of which nothing may be run, or that is full. The
   * driver tries once in a process.
   */
  private void unpackBeside() {
    Path directory = Objects.requireNonNull(file.getParent());
    if (System.getProperty(UNPACKED) == null && hasRoom(directory)) {
      System.setProperty(UNPACKED, String.valueOf(directory));
    }
  }

  /** Whether it is known to have: in a chroot nobody knows on what a directory is. */
  static boolean hasRoom(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace() > UNPACKED_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  private SQLiteDataSource source() {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(PATIENCE_MILLIS);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toUri());
    return source;
  }

  /** Makes the tables that a new or an older file lacks; false if it is of another version. */
  private static boolean isReady(Connection open) throws SQLException {
    try (Statement statement = open.createStatement()) {
      int version;
      try (var row = statement.executeQuery("PRAGMA user_version")) {
        version = row.getInt(1);
      }
      List<List<String>> missing =
          switch (version) {
            case 0 -> List.of(CacheTables.KEPT, CacheTables.LISTED, CacheTables.OPEN);
            case 1, 2 -> List.of(CacheTables.UPGRADE, CacheTables.LISTED, CacheTables.OPEN);
            case 3 -> List.of(CacheTables.HELD_CHANGES, CacheTables.OPEN);
            case 4 -> List.of(CacheTables.HELD_CHANGES, CacheTables.HELD_UPLOADS, CacheTables.OPEN);
            default -> List.of();
          };
      for (List<String> statements : missing) {
        for (String sql : statements) {
          statement.executeUpdate(sql);
        }
      }
      return version == CacheTables.VERSION || !missing.isEmpty();
    }
  }

  private static boolean isDamage(SQLException e) {
    return DAMAGE.stream().anyMatch(code -> code.code == (e.getErrorCode() & KIND));
  }

  /** Makes room for a new one, unless another has done so. */
  private void replace() throws SQLException, IOException {
    disconnect();
    alone(() -> {
      if (isCurrent()) {
        delete();
      }
      return file;
    });
  }

  private void delete() throws IOException {
    for (String suffix : SUFFIXES) {
      Files.deleteIfExists(place.beside(suffix));
    }
  }

  @Override
  public void close() throws IOException {
    try (Holders _ = holders) {
      disconnect();
    }
  }

  private void disconnect() throws IOException {
    try (Connection _ = connection;
        Connection _ = memory) {
      connection = null;
      memory = null;
    } catch (SQLException e) {
      throw new IOException("the cache cannot be closed: " + file, e);
    }
  }
}
