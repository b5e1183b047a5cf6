package io.consigne.client.cache;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.transfer.OpenUpload;
import io.consigne.client.transfer.TransferLimits;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Uploads of all processes that share a cache, of which it is not known what became of them. */
final class OpenUploads {
  /** A host keeps a report for two hours. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final CacheFile file;

  OpenUploads(CacheFile file) {
    this.file = file;
  }

  /** One whose process has died, or has given it up. */
  record Left(OpenUpload upload, CachedFolder folder, Instant opened, boolean taken) {
    Left(OpenUpload upload, CachedFolder folder, Instant opened) {
      this(upload, folder, opened, false);
    }

    /**
     * Whether a host that lists late may have it: it may not list yet what it has got, or it has
     * said to have it and may yet tell what became of it.
     */
    boolean isInDoubt(Instant now) {
      return isRecent(now) || (taken && isYoungerThan(TransferLimits.REPORTS_LAST, now));
    }

    /** Whether such a host may not list yet what it has stored. */
    boolean isRecent(Instant now) {
      return isYoungerThan(TransferLimits.lateness(upload.bytes()), now);
    }

    /** Whether the host may not have read yet all that it was sent. */
    boolean isBeingRead(Instant now) {
      return isYoungerThan(TransferLimits.reading(upload.bytes()), now);
    }

    boolean isYoungerThan(Duration age, Instant now) {
      return Duration.between(opened, now).abs().compareTo(age) < 0;
    }
  }

  private record Row(long number, OpenUpload upload, String path, Instant opened) {}

  /** This process has sent one. */
  void keep(OpenUpload upload, Instant now) throws IOException {
    long holder = file.holder();
    file.run(connection -> {
      var rows = new Rows(connection);
      remove(rows, upload);
      long number =
          rows.list(
                  row -> row.getLong(1),
                  "INSERT INTO upload (folder, host, id, others, holder, opened)"
                      + " VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
                  upload.folder().value(),
                  upload.host(),
                  upload.id(),
                  upload.others().stream().map(FileLink::url).collect(Collectors.joining("\n")),
                  holder,
                  Rows.micros(now))
              .getFirst();
      for (OpenUpload.Item item : upload.files()) {
        rows.change(
            "INSERT INTO upload_file (upload, name, size, modified, sha256, whirlpool)"
                + " VALUES (?, ?, ?, ?, ?, ?)",
            number,
            item.name(),
            item.sizeBytes(),
            item.modified() == null ? null : Rows.micros(item.modified()),
            item.checksums().sha256(),
            item.checksums().whirlpool());
      }
      return number;
    });
  }

  /** The host has said that it has this one. */
  void taken(OpenUpload upload) throws IOException {
    file.run(connection -> {
      var rows = new Rows(connection);
      rows.change(CacheTables.TAKEN);
      return rows.change(
          "INSERT OR IGNORE INTO taken (host, id) VALUES (?, ?)", upload.host(), upload.id());
    });
  }

  private static void remove(Rows rows, OpenUpload upload) throws SQLException {
    rows.change(CacheTables.TAKEN);
    rows.change("DELETE FROM taken WHERE host = ? AND id = ?", upload.host(), upload.id());
    rows.change(
        "DELETE FROM upload_file WHERE upload IN"
            + " (SELECT number FROM upload WHERE host = ? AND id = ?)",
        upload.host(),
        upload.id());
    rows.change("DELETE FROM upload WHERE host = ? AND id = ?", upload.host(), upload.id());
  }

  /** It is known what became of these, or it never will be. */
  void remove(Collection<OpenUpload> uploads) throws IOException {
    file.run(connection -> {
      var rows = new Rows(connection);
      for (OpenUpload upload : uploads) {
        remove(rows, upload);
      }
      return uploads;
    });
  }

  /** This process gives them up: whoever is next may settle them. */
  void leave(Collection<OpenUpload> uploads) throws IOException {
    file.run(connection -> {
      var rows = new Rows(connection);
      for (OpenUpload upload : uploads) {
        rows.change(
            "UPDATE upload SET holder = ? WHERE host = ? AND id = ?",
            Holders.NOBODY,
            upload.host(),
            upload.id());
      }
      return uploads;
    });
  }

  /** Those into a folder, and below it, that nobody waits for. */
  List<Left> left(String path, Instant now) throws IOException {
    return left(now).stream().filter(left -> isWithin(left.folder().path(), path)).toList();
  }

  private static boolean isWithin(String path, String top) {
    return top.isEmpty() || path.equals(top) || path.startsWith(top + "/");
  }

  /** Those of known folders; the others are forgotten after a day. */
  private List<Left> left(Instant now) throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      Object[] kept = {Rows.micros(now.minus(KEPT)), Rows.micros(now.plus(KEPT))};
      rows.change(
          "DELETE FROM upload_file WHERE upload IN"
              + " (SELECT number FROM upload WHERE opened NOT BETWEEN ? AND ?)",
          kept);
      rows.change("DELETE FROM upload WHERE opened NOT BETWEEN ? AND ?", kept);
      rows.change(CacheTables.TAKEN);
      rows.change(
          "DELETE FROM taken WHERE NOT EXISTS (SELECT 1 FROM upload"
              + " WHERE upload.host = taken.host AND upload.id = taken.id)");
      List<Optional<Row>> found =
          rows.list(
              this::row,
              """
              SELECT number, holder, opened, upload.folder, host, upload.id, others,
                CASE upload.folder WHEN 0 THEN '' ELSE path END
              FROM upload LEFT JOIN folder ON folder.id = upload.folder ORDER BY number
              """);
      Set<String> taken =
          Set.copyOf(rows.list(row -> row.getString(1), "SELECT host || ' ' || id FROM taken"));
      var left = new ArrayList<Left>();
      for (Row row : found.stream().flatMap(Optional::stream).toList()) {
        left.add(
            new Left(
                with(row.upload(), files(rows, row.number())),
                CachedFolder.of(row.upload().folder(), row.path()),
                row.opened(),
                taken.contains(row.upload().host() + " " + row.upload().id())));
      }
      return left;
    });
  }

  private Optional<Row> row(ResultSet row) throws SQLException {
    String path = row.getString(8);
    if (path == null || file.isHeld(row.getLong(2))) {
      return Optional.empty();
    }
    var upload =
        new OpenUpload(
            new FolderId(row.getLong(4)),
            row.getString(5),
            row.getString(6),
            List.of(),
            links(row.getString(7)));
    return Optional.of(new Row(row.getLong(1), upload, path, Rows.time(row, 3)));
  }

  private static Set<FileLink> links(String text) {
    return text.isEmpty()
        ? Set.of()
        : Arrays.stream(text.split("\n")).map(FileLink::new).collect(Collectors.toSet());
  }

  private static List<OpenUpload.Item> files(Rows rows, long upload) throws SQLException {
    return rows.list(
        row ->
            new OpenUpload.Item(
                row.getString(1),
                row.getLong(2),
                Rows.instant(row, 3),
                new Checksums(row.getString(5), row.getString(4))),
        "SELECT name, size, modified, sha256, whirlpool FROM upload_file WHERE upload = ? ORDER BY"
            + " rowid",
        upload);
  }

  private static OpenUpload with(OpenUpload upload, List<OpenUpload.Item> files) {
    return new OpenUpload(upload.folder(), upload.host(), upload.id(), files, upload.others());
  }
}
