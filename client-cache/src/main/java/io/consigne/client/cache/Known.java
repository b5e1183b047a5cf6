package io.consigne.client.cache;

import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Place;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the cache knows. A folder's {@code listed} is when the host was asked for it, 0 for never;
 * it counts while there are no {@link Changes} of the folder.
 */
final class Known {
  /** In the place of a folder's id: the listing of all files. */
  static final long ALL = -1;

  private static final String LISTED =
      "SELECT 1 FROM folder WHERE id = ? AND listed > 0 AND listed BETWEEN ? AND ?";

  private static final String BELIEVED =
      " AND whole >= ? AND NOT EXISTS (SELECT 1 FROM change WHERE folder = ? OR ? = " + ALL + ")";

  private static final String FILES =
      "SELECT file.*, folder.path FROM file JOIN folder ON folder.id = file.folder WHERE ";
  private static final String BELOW = "folder.path > ? AND folder.path < ?";

  /** Folders may share a path, so that those below one are found by their parents. */
  private static final String IN_FOLDER =
      "(parent = ? OR (parent IS NULL AND folder.path > ? AND folder.path < ?))";

  private static final String ALL_BELOW =
      """
      WITH RECURSIVE below(number) AS (
        SELECT id FROM folder WHERE parent = ?
        UNION SELECT id FROM folder JOIN below ON parent = number)
      SELECT * FROM folder WHERE id IN below
        OR (parent IS NULL AND id > 0 AND folder.path > ? AND folder.path < ?)
      """;
  private static final String PUT =
      "INSERT OR REPLACE INTO folder (id, path, listed, whole) VALUES (?, ?, ?, ?)";

  private static final String SETTLED = "(changed NOT BETWEEN ? AND ?)";

  /** In {@code whole}: what one call told, and there is more. */
  private static final int CUT = 0;

  private static final int WHOLE = 1;

  /** There is more than the host tells by any number of calls. */
  private static final int CUT_FOR_GOOD = 2;

  private final CacheFile file;

  Known(CacheFile file) {
    this.file = file;
  }

  /**
   * Whether a folder was listed between these times, and is not being changed: what lies ahead was
   * told by a wrong clock.
   *
   * @param all whether more was asked for than one call tells
   */
  boolean isListed(long folder, Instant since, Instant now, boolean all) throws IOException {
    return isThere(LISTED + BELIEVED, believed(folder, since, now, all));
  }

  private static Object[] believed(long folder, Instant since, Instant now, boolean all) {
    return new Object[] {
      folder, Rows.micros(since), Rows.micros(now), all ? WHOLE : CUT, folder, folder
    };
  }

  private boolean isThere(String sql, Object... values) throws IOException {
    return file.run(connection -> isThere(new Rows(connection), sql, values));
  }

  private static boolean isThere(Rows rows, String sql, Object... values) throws SQLException {
    return !rows.list(row -> row.getInt(1), sql, values).isEmpty();
  }

  /**
   * What is in a folder, if it {@link #isListed}. Between two questions another process may forget
   * the folder, so this is one.
   */
  Optional<Contents> contents(CachedFolder folder, Instant since, Instant now, boolean all)
      throws IOException {
    return contents(folder, LISTED + BELIEVED, believed(folder.id().value(), since, now, all));
  }

  /** The same, and when the host was asked for it. */
  Optional<Look> look(CachedFolder folder, Instant since, Instant now, boolean all)
      throws IOException {
    long id = folder.id().value();
    return file.run(connection -> {
      var rows = new Rows(connection);
      if (!isThere(rows, LISTED + BELIEVED, believed(id, since, now, all))) {
        return Optional.empty();
      }
      Instant listed =
          rows.list(row -> Rows.time(row, 1), "SELECT listed FROM folder WHERE id = ?", id)
              .getFirst();
      return Optional.of(new Look(contents(rows, folder), listed, listed));
    });
  }

  /** The same, whoever may have changed it since. */
  Optional<Contents> contents(CachedFolder folder, Instant since, Instant now) throws IOException {
    return contents(folder, LISTED, folder.id().value(), Rows.micros(since), Rows.micros(now));
  }

  private Optional<Contents> contents(CachedFolder folder, String sql, Object... values)
      throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      return isThere(rows, sql, values) ? Optional.of(contents(rows, folder)) : Optional.empty();
    });
  }

  /** Of a folder that has a row. */
  private static Contents contents(Rows rows, CachedFolder folder) throws SQLException {
    long id = folder.id().value();
    List<Integer> whole =
        rows.list(row -> row.getInt(1), "SELECT whole FROM folder WHERE id = ?", id);
    return new Contents(
        rows.list(Rows::folder, "SELECT * FROM folder WHERE id = ?", id).getFirst(),
        children(rows, folder),
        rows.list(Rows::file, FILES + "folder.id = ? ORDER BY file.rowid", id),
        whole.contains(WHOLE));
  }

  private static List<CachedFolder> children(Rows rows, CachedFolder parent) throws SQLException {
    int start = parent.below().length();
    return rows
        .list(
            Rows::folder,
            "SELECT * FROM folder WHERE id > 0 AND " + IN_FOLDER + " ORDER BY path",
            parent.id().value(),
            parent.below(),
            end(parent.below()))
        .stream()
        .filter(sub -> sub.path().indexOf('/', start) < 0)
        .toList();
  }

  private static List<CachedFolder> foldersBelow(Rows rows, CachedFolder top) throws SQLException {
    String below = top.below();
    return rows.list(
        Rows::folder,
        "SELECT * FROM folder WHERE id > 0 AND " + BELOW + " ORDER BY path",
        below,
        end(below));
  }

  /** What SQLite has behind all that begin with a prefix: behind every text, a blob. */
  static Object end(String prefix) {
    return prefix.isEmpty() ? new byte[0] : prefix.substring(0, prefix.length() - 1) + "0";
  }

  Optional<CachedFolder> folder(String path) throws IOException {
    return folders(path).stream().findFirst();
  }

  /** The folders of a path, which some hosts let several have, the account's own first. */
  List<CachedFolder> folders(String path) throws IOException {
    return file.run(connection ->
        new Rows(connection)
            .list(
                Rows::folder,
                "SELECT * FROM folder WHERE path = ? AND id >= 0 ORDER BY owner IS NOT NULL",
                path));
  }

  /** All folders and files below a folder, if the listing of all files is there. */
  Optional<Subtree> listedSubtree(String path) throws IOException {
    return file.run(connection -> {
      var rows = new Rows(connection);
      return isThere(rows, "SELECT 1 FROM folder WHERE id = ? AND listed > 0", ALL)
          ? Optional.of(subtree(rows, path))
          : Optional.empty();
    });
  }

  private static Subtree subtree(Rows rows, String path) throws SQLException {
    var top = CachedFolder.of(FolderId.ROOT, path);
    String below = top.below();
    List<RemoteFile> files =
        rows.list(
            Rows::file, FILES + "folder.path = ? OR (" + BELOW + ")", path, below, end(below));
    return new Subtree(foldersBelow(rows, top), files);
  }

  /** Folders and files. */
  record Subtree(List<CachedFolder> folders, List<RemoteFile> files) {}

  /**
   * When a host told something. Own changes between {@code settled} and {@code now} count more than
   * what it told; those that lie ahead were made by a wrong clock.
   *
   * @param asked when its answer counts from
   * @param ended changes that had ended in doubt before: it tells what became of them
   */
  record Telling(Instant settled, Instant asked, Instant now, Set<Long> ended) {
    Telling {
      ended = Set.copyOf(ended);
    }

    private Object[] span() {
      return new Object[] {Rows.micros(settled), Rows.micros(now)};
    }

    private void end(Rows rows) throws SQLException {
      for (long change : ended) {
        rows.change("DELETE FROM change WHERE id = ?", change);
      }
    }
  }

  /**
   * Keeps what the host told of a folder, and answers what is known of it then.
   *
   * @param all whether more was asked for than one call tells
   */
  Contents keep(CachedFolder folder, FolderListing told, Telling telling, boolean all)
      throws IOException {
    long id = folder.id().value();
    int whole = told.isWhole() ? WHOLE : all ? CUT_FOR_GOOD : CUT;
    return file.run(connection -> {
      var rows = new Rows(connection);
      if (listed(rows, folder, told, telling, whole) == 0) {
        rows.put(folder, null);
        listed(rows, folder, told, telling, whole);
      }
      rows.change("DELETE FROM file WHERE folder = " + id + " AND " + SETTLED, telling.span());
      rows.add(unchanged(rows, told.files(), telling), _ -> id, 0);
      keepFolders(rows, folder, told.folders());
      telling.end(rows);
      return contents(rows, folder);
    });
  }

  private static int listed(
      Rows rows, CachedFolder folder, FolderListing told, Telling telling, int whole)
      throws SQLException {
    int known =
        rows.change(
            "UPDATE folder SET path = ?, listed = ?, whole = ? WHERE id = ?",
            folder.path(),
            Rows.micros(telling.asked()),
            whole,
            folder.id().value());
    rows.share(folder.id(), told.folder().sharing());
    return known;
  }

  /** What the host told, without what this machine has changed since. */
  private static List<RemoteFile> unchanged(Rows rows, List<RemoteFile> told, Telling telling)
      throws SQLException {
    rows.change("DELETE FROM gone WHERE at NOT BETWEEN ? AND ?", telling.span());
    var own =
        new HashSet<String>(
            rows.list(
                row -> row.getString(1),
                "SELECT link FROM gone UNION SELECT link FROM file WHERE NOT " + SETTLED,
                telling.span()));
    return own.isEmpty()
        ? told
        : told.stream()
            .filter(item -> item.link() == null || !own.contains(item.link().url()))
            .toList();
  }

  private static void keepFolders(Rows rows, CachedFolder parent, List<Folder> told)
      throws SQLException {
    var ids = told.stream().map(Folder::id).collect(Collectors.toSet());
    for (CachedFolder known : children(rows, parent)) {
      if (!ids.contains(known.id())) {
        forget(rows, known);
      }
    }
    for (Folder sub : told) {
      long id = sub.id().value();
      String path = parent.child(sub.name());
      // A folder that has another path now is asked for again, and so is all below.
      for (CachedFolder old :
          rows.list(Rows::folder, "SELECT * FROM folder WHERE id = ? AND path <> ?", id, path)) {
        forget(rows, old);
      }
      rows.put(new CachedFolder(path, sub), parent.id());
    }
  }

  /** All folders below one. */
  static List<CachedFolder> allBelow(Rows rows, CachedFolder folder) throws SQLException {
    return rows.list(
        Rows::folder, ALL_BELOW, folder.id().value(), folder.below(), end(folder.below()));
  }

  /** Forgets a folder and all that is below it. */
  static void forget(Rows rows, CachedFolder folder) throws SQLException {
    for (CachedFolder below : allBelow(rows, folder)) {
      forget(rows, below.id());
    }
    forget(rows, folder.id());
  }

  private static void forget(Rows rows, FolderId folder) throws SQLException {
    rows.change("DELETE FROM file WHERE folder = ?", folder.value());
    rows.change("DELETE FROM folder WHERE id = ?", folder.value());
  }

  /** Keeps the files of all folders, with their places. Which folders are empty, nobody told. */
  void keepAll(List<RemoteFile> told, Telling telling) throws IOException {
    Map<FolderId, String> folders =
        told.stream()
            .flatMap(item -> Stream.ofNullable(item.place()))
            .collect(
                Collectors.toMap(
                    Place::folder, place -> String.valueOf(place.path()), (first, _) -> first));
    folders.put(FolderId.ROOT, "");
    file.run(connection -> {
      var rows = new Rows(connection);
      rows.change(
          "DELETE FROM folder WHERE id NOT IN (SELECT folder FROM file WHERE NOT " + SETTLED + ")",
          telling.span());
      rows.change("DELETE FROM file WHERE " + SETTLED, telling.span());
      for (Map.Entry<FolderId, String> entry : folders.entrySet()) {
        rows.change(PUT, entry.getKey().value(), entry.getValue(), 0, 1);
      }
      rows.add(unchanged(rows, told, telling), Known::folderOf, 0);
      telling.end(rows);
      return rows.change(PUT, ALL, "", Rows.micros(telling.asked()), 1);
    });
  }

  private static long folderOf(RemoteFile item) {
    Place place = item.place();
    return place == null ? 0 : place.folder().value();
  }

  /** Files that are there more than once, by a column that tells contents apart if it is filled. */
  List<Copies> copies(CachedFolder top, String checksum) throws IOException {
    return file.run(connection -> Alike.below(new Rows(connection), top, checksum));
  }

  void remember(Map<FileLink, Remembered> files) throws IOException {
    file.run(connection -> {
      var rows = new Rows(connection);
      for (Map.Entry<FileLink, Remembered> entry : files.entrySet()) {
        Remembered local = entry.getValue();
        rows.change(
            "INSERT OR REPLACE INTO sent (link, size, modified, sha256) VALUES (?, ?, ?, ?)",
            entry.getKey().url(),
            local.sizeBytes(),
            Rows.micros(local.modified()),
            local.sha256());
      }
      return files.size();
    });
  }

  Map<FileLink, Remembered> remembered() throws IOException {
    return file
        .run(connection ->
            new ArrayList<>(
                new Rows(connection)
                    .list(
                        row ->
                            Map.entry(
                                new FileLink(row.getString(1)),
                                new Remembered(
                                    row.getLong(2), Rows.time(row, 3), row.getString(4))),
                        "SELECT link, size, modified, sha256 FROM sent")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
