package io.consigne.core.uploads;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredContent;
import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.Sha256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** All that users see of a host, a line each. */
final class Picture {
  private Picture() {}

  /** Looks at everything and reads each file. */
  static List<String> of(Database database, Blobs blobs) {
    var lines = new ArrayList<String>();
    lines.addAll(database.read(Picture::rows));
    for (Shown file : database.read(Picture::files)) {
      lines.add(file.line() + " has the bytes " + hash(blobs, file.segments()));
    }
    return lines;
  }

  private static List<String> rows(Sql sql) {
    var lines = new ArrayList<String>();
    lines.addAll(
        sql.list(
            "SELECT email, used_bytes, settings, epoch, changes FROM accounts ORDER BY id",
            row ->
                "account %s uses %d, chose [%s], epoch %d, change %d"
                    .formatted(
                        row.text("email"),
                        row.number("used_bytes"),
                        row.text("settings"),
                        row.number("epoch"),
                        row.number("changes"))));
    lines.addAll(
        sql.list(
            "SELECT id, name, parent_id FROM folders WHERE parent_id IS NOT NULL ORDER BY id",
            row ->
                "folder %d is %s in %d"
                    .formatted(row.number("id"), row.text("name"), row.number("parent_id"))));
    lines.addAll(sql.list("SELECT id FROM uploads ORDER BY id", row -> "upload " + row.text("id")));
    return lines;
  }

  private static List<Shown> files(Sql sql) {
    return sql
        .list(
            """
            SELECT id, name, folder_id, link, size_bytes, description, content_id FROM files
            WHERE removed_at IS NULL ORDER BY id
            """,
            row -> new Listed(line(row), row.number("content_id")))
        .stream()
        .map(file -> new Shown(file.line(), segments(sql, file.content())))
        .toList();
  }

  private static String line(Row row) {
    return "file %d is %s in %d, %s, %d bytes, [%s]"
        .formatted(
            row.number("id"),
            row.text("name"),
            row.number("folder_id"),
            row.text("link"),
            row.number("size_bytes"),
            row.text("description"));
  }

  private static List<Segment> segments(Sql sql, long content) {
    return sql.list(
        """
        SELECT store_file, offset_bytes, size_bytes FROM content_segments
        WHERE content_id = ? ORDER BY position
        """,
        row ->
            new Segment(
                row.text("store_file"), row.number("offset_bytes"), row.number("size_bytes")),
        content);
  }

  private static String hash(Blobs blobs, List<Segment> segments) {
    var digest = Sha256.digest();
    try {
      new StoredContent(blobs)
          .read(
              segments,
              bytes -> {
                digest.update(bytes);
                return true;
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (FailureException e) {
      return e.failure().toString();
    }
  }

  private record Listed(String line, long content) {}

  private record Shown(String line, List<Segment> segments) {}
}
