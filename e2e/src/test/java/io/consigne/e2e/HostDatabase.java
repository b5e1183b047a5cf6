package io.consigne.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the database of a host says, read beside the host. */
public final class HostDatabase implements AutoCloseable {
  private static final int BLOCK_BYTES = 65_536;
  private static final int SUM_BYTES = 4;
  private static final int FOOTER_BYTES = 52;

  private final Connection connection;

  /** Opens a database that no host uses. */
  public HostDatabase(Path file) {
    this(file.toString());
  }

  private HostDatabase(String address) {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + address);
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be read", e);
    }
  }

  /** Reads beside a host that runs in the data directory. */
  public static HostDatabase ofRunning(Path data) {
    return new HostDatabase("file:" + data.resolve("consigne.db") + "?mode=ro");
  }

  /** Opens a copy of what a killed host left in its data directory, which stays as it is. */
  public static HostDatabase copyOf(Path data) {
    Path copy = data.resolveSibling(data.getFileName() + "-copy.db");
    try {
      for (String part : List.of("-shm", "-wal", "")) {
        Path to = Path.of(copy + part);
        Files.deleteIfExists(to);
        Path from = data.resolve("consigne.db" + part);
        if (!part.equals("-shm") && Files.exists(from)) {
          Files.copy(from, to);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HostDatabase(copy);
  }

  /** The texts that a statement finds. */
  public List<String> texts(String statement) {
    return select(statement, null, row -> row.getString(1));
  }

  /** Where the bytes of the file of this name are; empty if there is no such file. */
  public List<Run> runs(String name) {
    return select(
        """
        SELECT s.store_file, s.offset_bytes, s.size_bytes FROM files f
        JOIN content_segments s ON s.content_id = f.content_id
        WHERE f.name = ? AND f.removed_at IS NULL ORDER BY s.position
        """,
        name,
        row -> new Run(row.getString(1), row.getLong(2), row.getLong(3)));
  }

  /** Whether there is a folder of this name. */
  public boolean hasFolder(String name) {
    return !select("SELECT 1 FROM folders WHERE name = ?", name, row -> true).isEmpty();
  }

  /** The settings of an account. */
  public String settings(String email) {
    return String.join(
        "",
        select("SELECT settings FROM accounts WHERE email = ?", email, row -> row.getString(1)));
  }

  private <T> List<T> select(String statement, @Nullable String argument, Reading<T> reading) {
    var found = new ArrayList<T>();
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      if (argument != null) {
        prepared.setString(1, argument);
      }
      try (ResultSet rows = prepared.executeQuery()) {
        while (rows.next()) {
          found.add(reading.read(rows));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be read", e);
    }
    return found;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be read", e);
    }
  }

  /**
   * A run of bytes in a store file.
   *
   * @param storeFile its name
   * @param offset where the content begins
   * @param length of the content
   */
  public record Run(String storeFile, long offset, long length) {
    /** Where its record ends, with checksums and footer: docs/disk-format.md. */
    public long end() {
      long blocks = (length + BLOCK_BYTES - 1) / BLOCK_BYTES;
      return offset + length + blocks * SUM_BYTES + FOOTER_BYTES;
    }
  }

  /** Makes something of a row. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }
}
