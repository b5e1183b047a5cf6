package io.consigne.client.cache;

import io.consigne.client.model.AccessRules;
import io.consigne.client.model.CopiedFile;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Locks;
import io.consigne.client.model.RemoteFile.Place;
import io.consigne.client.model.RemoteFile.Times;
import io.consigne.client.transfer.UploadResult.Stored;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What this machine has changed at the host. For a while it counts more than what the host tells.
 * Changes of files answer whether all of the files were known: what became of others is not.
 */
final class OwnChanges {
  private final CacheFile file;

  OwnChanges(CacheFile file) {
    this.file = file;
  }

  /** The folders of files, as far as they are known. */
  Set<FolderId> foldersOf(List<FileLink> links) throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      var folders = new LinkedHashSet<FolderId>();
      for (FileLink link : links) {
        folders.addAll(
            rows.list(
                row -> new FolderId(row.getLong(1)),
                "SELECT folder FROM file WHERE link = ?",
                link.url()));
      }
      return folders;
    });
  }

  /** A folder that was made; it is empty. */
  void made(CachedFolder folder, Instant now) throws IOException {
    file.run(connection -> {
      var rows = new Rows(connection);
      forgetOthers(rows, folder);
      rows.put(folder);
      return rows.change(
          "UPDATE folder SET listed = ?, whole = 1 WHERE id = ?",
          Rows.micros(now),
          folder.id().value());
    });
  }

  /** A folder that is shared otherwise now. */
  void put(CachedFolder folder) throws IOException {
    file.run(connection -> {
      new Rows(connection).put(folder);
      return folder;
    });
  }

  /** What was at the path of a folder is there no longer. */
  private static void forgetOthers(Rows rows, CachedFolder folder) throws SQLException {
    String others = "SELECT * FROM folder WHERE path = ? AND id > 0 AND id <> ?";
    for (CachedFolder other : rows.list(Rows::folder, others, folder.path(), folder.id().value())) {
      Known.forget(rows, other);
    }
  }

  /** A folder that was removed, with all that is below it. */
  void forget(CachedFolder folder) throws IOException {
    file.run(connection -> {
      Known.forget(new Rows(connection), folder);
      return folder;
    });
  }

  /** A folder that is elsewhere, or has another name, with all that is below it. */
  void moved(CachedFolder before, CachedFolder now) throws IOException {
    file.run(connection -> {
      var rows = new Rows(connection);
      forgetOthers(rows, now);
      for (CachedFolder below : Known.foldersBelow(rows, before)) {
        rows.change(
            "UPDATE folder SET path = ? WHERE id = ?",
            now.child(below.path().substring(before.below().length())),
            below.id().value());
      }
      rows.put(now);
      return now;
    });
  }

  /** Files that were stored, and what they were on this machine. */
  void stored(FolderId folder, List<Stored> files, Instant now, boolean keepsTimes)
      throws IOException {
    stored(folder, files.stream().map(each -> item(folder, each, now, keepsTimes)).toList(), now);
    var sent = new HashMap<FileLink, Remembered>();
    for (Stored each : files) {
      Instant modified = each.source().modified();
      if (modified != null) {
        var local = new Remembered(each.source().sizeBytes(), modified, each.checksums().sha256());
        sent.put(each.link(), local);
      }
    }
    new Known(file).remember(sent);
  }

  private static RemoteFile item(FolderId folder, Stored stored, Instant now, boolean keepsTimes) {
    return new RemoteFile(
        stored.link(),
        stored.name(),
        stored.source().sizeBytes(),
        new Times(now, keepsTimes ? stored.source().modified() : null),
        stored.checksums(),
        "application/octet-stream",
        new Locks(false, false),
        new Place(folder, null));
  }

  void stored(FolderId folder, List<RemoteFile> files, Instant now) throws IOException {
    file.run(connection -> {
      var rows = new Rows(connection);
      // Who listed the folder meanwhile may know them already.
      for (RemoteFile stored : files) {
        rows.change("DELETE FROM file WHERE link = ?", Objects.requireNonNull(stored.link()).url());
      }
      rows.add(files, _ -> folder.value(), Rows.micros(now));
      return files.size();
    });
  }

  void removed(List<FileLink> links, Instant now) throws IOException {
    file.run(connection -> {
      var rows = new Rows(connection);
      for (FileLink link : links) {
        rows.change("DELETE FROM file WHERE link = ?", link.url());
        rows.change("DELETE FROM sent WHERE link = ?", link.url());
        rows.change(
            "INSERT OR REPLACE INTO gone (link, at) VALUES (?, ?)", link.url(), Rows.micros(now));
      }
      return links.size();
    });
  }

  boolean moved(List<FileLink> links, FolderId target, Instant now) throws IOException {
    return file.run(connection -> {
      int known = 0;
      for (FileLink link : links) {
        known +=
            new Rows(connection)
                .change(
                    "UPDATE file SET folder = ?, changed = ? WHERE link = ?",
                    target.value(),
                    Rows.micros(now),
                    link.url());
      }
      return known >= links.size();
    });
  }

  boolean renamed(Map<FileLink, String> names, Instant now) throws IOException {
    return file.run(connection -> {
      int known = 0;
      for (Map.Entry<FileLink, String> name : names.entrySet()) {
        known +=
            new Rows(connection)
                .change(
                    "UPDATE file SET name = ?, changed = ? WHERE link = ?",
                    name.getValue(),
                    Rows.micros(now),
                    name.getKey().url());
      }
      return known >= names.size();
    });
  }

  /** Of a file with locks it is not known what its copy has. */
  boolean copied(List<CopiedFile> copies, FolderId target, Instant now) throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      int known = 0;
      for (CopiedFile copy : copies) {
        known +=
            rows.change(
                """
                INSERT INTO file (link, folder, name, size, uploaded, modified, whirlpool, sha256,
                  type, locks, changed)
                SELECT ?1, ?2, name, size, ?3, modified, whirlpool, sha256, type, 0, ?3
                FROM file WHERE link = ?4 AND locks = 0
                """,
                copy.to().url(),
                target.value(),
                Rows.micros(now),
                copy.from().url());
        rows.change(
            "INSERT OR REPLACE INTO sent SELECT ?, size, modified, sha256 FROM sent WHERE link = ?",
            copy.to().url(),
            copy.from().url());
      }
      return known >= copies.size();
    });
  }

  boolean locked(List<FileLink> links, FileChange change, Instant now) throws IOException {
    int cleared =
        (change.password() == null ? 0 : Rows.PASSWORD) | (change.rules() == null ? 0 : Rows.RULES);
    int set =
        ("".equals(change.password()) ? 0 : Rows.PASSWORD)
            | (AccessRules.NONE.equals(change.rules()) ? 0 : Rows.RULES);
    return file.run(connection -> {
      int known = 0;
      for (FileLink link : links) {
        known +=
            new Rows(connection)
                .change(
                    "UPDATE file SET locks = (locks & ~?) | ?, changed = ? WHERE link = ?",
                    cleared,
                    set & cleared,
                    Rows.micros(now),
                    link.url());
      }
      return known >= links.size();
    });
  }
}
