package io.consigne.client.cache;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.Folder.Guest;
import io.consigne.client.model.Folder.Sharing;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Locks;
import io.consigne.client.model.RemoteFile.Place;
import io.consigne.client.model.RemoteFile.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Statements of the cache, and its rows as values. Times are microseconds since 1970. */
final class Rows {
  private static final String INSERT =
      """
      INSERT INTO file (link, folder, name, size, uploaded, modified, whirlpool, sha256, type,
        locks, changed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** Bits of {@code locks}. */
  static final int PASSWORD = 1;

  static final int RULES = 2;

  private final Connection connection;

  Rows(Connection connection) {
    this.connection = connection;
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(Reader<T> reader, String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      var list = new ArrayList<T>();
      while (rows.next()) {
        list.add(reader.read(rows));
      }
      return list;
    }
  }

  int change(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /**
   * Adds files.
   *
   * @param folder in which a file lies
   * @param changed when this machine made them so; 0 if the host told it
   */
  void add(List<RemoteFile> files, ToLongFunction<RemoteFile> folder, long changed)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (RemoteFile file : files) {
        bind(insert, folder.applyAsLong(file), file);
        insert.setLong(11, changed);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void bind(PreparedStatement insert, long folder, RemoteFile file)
      throws SQLException {
    insert.setString(1, file.link() == null ? null : file.link().url());
    insert.setLong(2, folder);
    insert.setString(3, file.name());
    insert.setLong(4, file.sizeBytes());
    insert.setObject(5, microsOrNull(file.times().uploaded()));
    insert.setObject(6, microsOrNull(file.times().modified()));
    insert.setString(7, file.checksums().whirlpool());
    insert.setString(8, file.checksums().sha256());
    insert.setString(9, file.contentType());
    insert.setInt(
        10, (file.locks().password() ? PASSWORD : 0) | (file.locks().rules() ? RULES : 0));
  }

  /** A file; the columns of its table, and the path of its folder as the twelfth. */
  static RemoteFile file(ResultSet row) throws SQLException {
    String link = row.getString(1);
    int locks = row.getInt(10);
    return new RemoteFile(
        link == null ? null : new FileLink(link),
        row.getString(3),
        row.getLong(4),
        new Times(instant(row, 5), instant(row, 6)),
        new Checksums(row.getString(7), row.getString(8)),
        row.getString(9),
        new Locks((locks & PASSWORD) != 0, (locks & RULES) != 0),
        new Place(new FolderId(row.getLong(2)), row.getString(12)));
  }

  /** A folder; the columns of its table. Its parent is not known where all files were told. */
  static CachedFolder folder(ResultSet row) throws SQLException {
    String path = row.getString(2);
    List<Guest> owner = Guests.parse(row.getString(10));
    var sharing =
        new Sharing(
            row.getString(7),
            row.getInt(8) != 0,
            Guests.parse(row.getString(9)),
            owner.isEmpty() ? null : owner.getFirst());
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new CachedFolder(
        path, new Folder(new FolderId(row.getLong(1)), name, instant(row, 6), sharing));
  }

  /**
   * Keeps a folder, but not when it was listed. What lies in somebody else's folder is that one's.
   * Where it is listed with its siblings, not all is told of its sharing.
   *
   * @param parent in which it lies; null for the earlier one
   */
  void put(CachedFolder kept, @Nullable FolderId parent) throws SQLException {
    Sharing sharing = kept.folder().sharing();
    Long above = parent == null ? null : parent.value();
    change(
        """
        INSERT INTO folder
          (id, path, parent, listed, whole, created, public_url, password, guests, owner)
        VALUES (?, ?, ?, 0, 0, ?, ?, ?, ?, coalesce(?, (SELECT owner FROM folder WHERE id = ?)))
        ON CONFLICT (id) DO UPDATE SET path = excluded.path,
          created = coalesce(excluded.created, created),
          public_url = coalesce(excluded.public_url, public_url),
          password = excluded.password,
          guests = CASE WHEN excluded.guests = '' THEN guests ELSE excluded.guests END,
          owner = CASE WHEN excluded.parent IS NULL THEN owner ELSE excluded.owner END,
          parent = coalesce(excluded.parent, parent)
        """,
        kept.id().value(),
        kept.path(),
        above,
        microsOrNull(kept.folder().created()),
        sharing.publicUrl(),
        sharing.password(),
        Guests.text(sharing.guests()),
        owner(sharing),
        above);
  }

  /** Keeps all that is known of the sharing of a folder. */
  void share(FolderId folder, Sharing sharing) throws SQLException {
    change(
        "UPDATE folder SET public_url = ?, password = ?, guests = ?, owner = coalesce(?, owner)"
            + " WHERE id = ?",
        sharing.publicUrl(),
        sharing.password(),
        Guests.text(sharing.guests()),
        owner(sharing),
        folder.value());
  }

  private static @Nullable String owner(Sharing sharing) {
    return sharing.owner() == null ? null : Guests.text(List.of(sharing.owner()));
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static @Nullable Long microsOrNull(@Nullable Instant time) {
    return time == null ? null : micros(time);
  }

  static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    Instant time = time(row, column);
    return row.wasNull() ? null : time;
  }

  /** A time that is never null. */
  static Instant time(ResultSet row, int column) throws SQLException {
    return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
  }
}
