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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this machine has changed at the host. For a while it counts more than what the host tells.
 * Changes of files answer whether all of the files were known: what became of others is not.
 */
final class OwnChanges {
  private final CacheFile file;

  OwnChanges(CacheFile file) {
    this.file = file;
  }

  /** Whether what is in a folder is seen: one that nobody has listed has no row. */
  private static boolean isKnown(Rows rows, FolderId folder) throws SQLException {
    return !rows.list(row -> row.getInt(1), "SELECT 1 FROM folder WHERE id = ?", folder.value())
        .isEmpty();
  }

  /** Another folder that had the path of one. Only the host knows whether it is there still. */
  private static List<CachedFolder> others(Rows rows, CachedFolder folder) throws SQLException {
    return rows.list(
        Rows::folder,
        "SELECT * FROM folder WHERE path = ? AND id > 0 AND id <> ?",
        folder.path(),
        folder.id().value());
  }

  /** A folder that was made; it is empty. */
  boolean made(CachedFolder folder, FolderId parent, Instant now) throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      boolean alone = others(rows, folder).isEmpty();
      rows.put(folder, parent);
      if (alone) {
        rows.change(
            "UPDATE folder SET listed = ?, whole = 1 WHERE id = ?",
            Rows.micros(now),
            folder.id().value());
      }
      return alone && isKnown(rows, parent);
    });
  }

  /** A folder that is shared otherwise now. */
  boolean shared(CachedFolder folder) throws IOException {
    return file.run(connection -> {
      new Rows(connection).share(folder.id(), folder.folder().sharing());
      return true;
    });
  }

  /** A folder that was removed, with all that is below it. */
  boolean removed(CachedFolder folder) throws IOException {
    return file.run(connection -> {
      Known.forget(new Rows(connection), folder);
      return true;
    });
  }

  /**
   * A folder that is elsewhere, or has another name, with all that is below it.
   *
   * @param parent in which it lies now; null for the earlier one
   */
  boolean moved(CachedFolder before, CachedFolder now, @Nullable FolderId parent)
      throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      List<CachedFolder> others = others(rows, now);
      for (CachedFolder other : others) {
        Known.forget(rows, other);
      }
      for (CachedFolder below : Known.allBelow(rows, before)) {
        if (below.path().startsWith(before.below())) {
          rows.change(
              "UPDATE folder SET path = ? WHERE id = ?",
              now.child(below.path().substring(before.below().length())),
              below.id().value());
        }
      }
      rows.put(now, parent);
      return others.isEmpty() && (parent == null || isKnown(rows, parent));
    });
  }

  /** Files that were stored, and what they were on this machine. */
  boolean stored(FolderId folder, List<Stored> files, Instant now, boolean keepsTimes)
      throws IOException {
    var sent = new HashMap<FileLink, Remembered>();
    for (Stored each : files) {
      Instant modified = each.source().modified();
      if (modified != null) {
        var local = new Remembered(each.source().sizeBytes(), modified, each.checksums().sha256());
        sent.put(each.link(), local);
      }
    }
    new Known(file).remember(sent);
    return stored(
        folder, files.stream().map(each -> item(folder, each, now, keepsTimes)).toList(), now);
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

  boolean stored(FolderId folder, List<RemoteFile> files, Instant now) throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      var left = new ArrayList<RemoteFile>();
      for (RemoteFile stored : files) {
        String link = Objects.requireNonNull(stored.link()).url();
        // While others of the same upload came, it may have been moved or removed from here.
        boolean since =
            !rows.list(
                    row -> row.getInt(1),
                    "SELECT 1 FROM gone WHERE link = ?1"
                        + " UNION SELECT 1 FROM file WHERE link = ?1 AND changed > 0",
                    link)
                .isEmpty();
        if (!since) {
          // Who listed the folder meanwhile may know it already.
          rows.change("DELETE FROM file WHERE link = ?", link);
          left.add(stored);
        }
      }
      rows.add(left, _ -> folder.value(), Rows.micros(now));
      return isKnown(rows, folder);
    });
  }

  boolean removed(List<FileLink> links, Instant now) throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      for (FileLink link : links) {
        rows.change("DELETE FROM file WHERE link = ?", link.url());
        rows.change("DELETE FROM sent WHERE link = ?", link.url());
        rows.change(
            "INSERT OR REPLACE INTO gone (link, at) VALUES (?, ?)", link.url(), Rows.micros(now));
      }
      return true;
    });
  }

  boolean moved(List<FileLink> links, FolderId target, Instant now) throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      int known = 0;
      for (FileLink link : links) {
        known +=
            rows.change(
                "UPDATE file SET folder = ?, changed = ? WHERE link = ?",
                target.value(),
                Rows.micros(now),
                link.url());
      }
      return known >= links.size() && isKnown(rows, target);
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
        rows.change("DELETE FROM file WHERE link = ?", copy.to().url());
        known +=
            rows.change(
                """
                INSERT INTO file (link, folder, name, size, uploaded, modified, whirlpool, sha256,
                  type, locks, changed)
                SELECT ?1, ?2, name, size, ?3, modified, whirlpool, sha256, type, 0, ?3
                FROM file WHERE link = ?4 AND locks = 0 LIMIT 1
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
      return known >= copies.size() && isKnown(rows, target);
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
