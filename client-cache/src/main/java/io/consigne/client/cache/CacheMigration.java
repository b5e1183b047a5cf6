package io.consigne.client.cache;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What a cache begins with: all that an earlier program left of the same key; else what other keys
 * of the account remember of files. What cannot be read is not taken.
 */
final class CacheMigration {
  private static final int PATIENCE_MILLIS = 2_000;

  /** Files are told by their links, of which no other account has one. */
  private static final String REMEMBERED =
      "INSERT OR IGNORE INTO sent (link, size, modified, sha256)"
          + " SELECT link, size, modified, sha256 FROM earlier.sent";

  private CacheMigration() {}

  /**
   * Makes a cache of what an earlier program left. Nobody else has it open: then the file gets the
   * new name; else it is copied, and they go on with theirs.
   *
   * @return whether there was something
   */
  static boolean take(CachePlace place) {
    Optional<Path> left = place.earlier().stream().filter(Files::exists).findFirst();
    return left.isPresent() && take(left.get(), place);
  }

  private static boolean take(Path left, CachePlace place) {
    try (FileChannel open = FileChannel.open(CachePlace.beside(left, ".lock"), CREATE, WRITE);
        FileLock _ = open.lock()) {
      if (isLeftAlone(left)) {
        Files.move(left, place.file(), StandardCopyOption.ATOMIC_MOVE);
      } else {
        copy(left, place.file());
      }
      return true;
    } catch (IOException | SQLException | LinkageError e) {
      return false;
    }
  }

  /** Removes what an earlier program left, if nobody has it open. What is no cache stays. */
  static void remove(Path left) {
    try (FileChannel open = FileChannel.open(CachePlace.beside(left, ".lock"), CREATE, WRITE);
        FileLock _ = open.lock()) {
      if (isLeftAlone(left)) {
        Files.deleteIfExists(left);
      }
    } catch (IOException | SQLException | LinkageError e) {
      // It only takes room.
    }
  }

  /** Whoever has it open keeps its log in use, so that it cannot be given up. */
  private static boolean isLeftAlone(Path left) throws SQLException {
    try (Connection connection = source(left).getConnection();
        Statement statement = connection.createStatement()) {
      requireKnown(statement);
      try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
        return mode.next() && mode.getString(1).equals("delete");
      } catch (SQLException e) {
        return false;
      }
    }
  }

  private static void requireKnown(Statement statement) throws SQLException {
    try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
      if (version.getInt(1) < 1 || version.getInt(1) > CacheTables.VERSION) {
        throw new SQLException("a cache of another version");
      }
    }
  }

  private static void copy(Path left, Path file) throws IOException, SQLException {
    Path copy = OwnFile.beside(file);
    try (Connection connection = source(left).getConnection();
        var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, copy.toString());
      statement.executeUpdate();
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static SQLiteDataSource source(Path file) {
    var config = new SQLiteConfig();
    config.setBusyTimeout(PATIENCE_MILLIS);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toUri());
    return source;
  }

  /**
   * Takes over what others remember of files. Listings are not taken: whose account a key opens may
   * have been told long ago, and the numbers of folders mean others in another account.
   */
  static void remember(Connection connection, List<Path> others) {
    for (Path other : others) {
      if (Files.exists(other)) {
        try {
          remember(connection, other);
        } catch (SQLException e) {
          // It costs what it took to find that out.
        }
      }
    }
  }

  private static void remember(Connection connection, Path other) throws SQLException {
    try (var attach = connection.prepareStatement("ATTACH ? AS earlier")) {
      attach.setString(1, other.toString());
      attach.execute();
    }
    try (Statement statement = connection.createStatement()) {
      try {
        statement.executeUpdate(REMEMBERED);
      } finally {
        statement.execute("DETACH earlier");
      }
    }
  }
}
