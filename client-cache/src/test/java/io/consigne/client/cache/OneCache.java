package io.consigne.client.cache;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** A suite about one file of a cache. */
abstract class OneCache {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Remembered FILE = new Remembered(3, NOW, null);

  @TempDir Path directory;

  Path path() {
    return directory.resolve("cache.db");
  }

  void remember(String link) throws IOException {
    try (var file = new CacheFile(path())) {
      new Known(file).remember(Map.of(new FileLink(link), FILE));
    }
  }

  static long count(CacheFile file, String table) throws IOException {
    return file.<List<Long>>run(connection ->
            new Rows(connection).list(row -> row.getLong(1), "SELECT count(*) FROM " + table))
        .getFirst();
  }

  Map<FileLink, Remembered> remembered() throws IOException {
    try (var file = new CacheFile(path())) {
      return new Known(file).remembered();
    }
  }

  static RemoteFile remoteFile(String type) {
    return new RemoteFile(
        new FileLink("https://1fichier.com/?a"),
        "a.txt",
        3,
        new RemoteFile.Times(FILE.modified(), null),
        Checksums.NONE,
        type,
        new RemoteFile.Locks(false, false),
        new RemoteFile.Place(FolderId.ROOT, null));
  }

  static void keep(Known known, RemoteFile told) throws IOException {
    known.keep(
        CachedFolder.ROOT,
        new FolderListing(
            new Folder(FolderId.ROOT, "", null, Folder.Sharing.NONE),
            List.of(),
            List.of(told),
            true),
        telling(),
        true);
  }

  static Known.Telling telling() {
    return new Known.Telling(NOW.minusSeconds(300), NOW, NOW, Set.of());
  }
}
