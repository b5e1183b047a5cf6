package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.transfer.OpenUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache of another version. */
class CacheVersionsTest extends OneCache {
  /** Each kill left twelve megabytes. */
  @Test
  void whatKilledProcessesHaveUnpacked_isRemoved() throws IOException {
    String driver = "sqlite-3.0.0.0-%s-libsqlitejdbc.so";
    Path old = Files.createFile(directory.resolve(driver.formatted("old")));
    Path lock = Files.createFile(directory.resolve(driver.formatted("old") + ".lck"));
    for (Path each : List.of(old, lock)) {
      Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }
    Path fresh = Files.createFile(directory.resolve(driver.formatted("new") + ".lck"));
    remember("https://1fichier.com/?a");
    assertThat(old).doesNotExist();
    assertThat(lock).doesNotExist();
    assertThat(fresh).exists();
  }

  /** They stayed for ever, each as large as the cache. */
  @Test
  void copiesThatWereCutOff_areRemoved() throws IOException {
    Path old = aged(Files.createFile(directory.resolve("consigne-copy-123456")));
    Path journal = aged(Files.createFile(directory.resolve("consigne-copy-123456-journal")));
    Path fresh = Files.createFile(directory.resolve("consigne-copy-654321"));
    remember("https://1fichier.com/?a");
    assertThat(old).doesNotExist();
    assertThat(journal).doesNotExist();
    assertThat(fresh).exists();
  }

  /** They were gone a day later: who uses the SDK names a directory, which may have other files. */
  @Test
  void filesOfOthers_stay() throws IOException {
    List<Path> others =
        List.of(
            Files.createFile(directory.resolve("copy of mine")),
            Files.createFile(directory.resolve("copy2024-taxes.pdf")),
            Files.createFile(directory.resolve("copy2024")),
            Files.createFile(directory.resolve("consigne-copy-2024.pdf")),
            Files.createDirectory(directory.resolve("consigne-copy-1")));
    for (Path other : others) {
      aged(other);
    }
    remember("https://1fichier.com/?a");
    assertThat(others).allSatisfy(other -> assertThat(other).exists());
  }

  private static Path aged(Path file) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
  }

  /** It was to be removed by hand. */
  @Test
  void fileOfAnEarlierProgram_thatWasCopied_isRemovedADayLater() throws IOException {
    try (var before = new CacheFile(path())) {
      new Known(before).remember(Map.of(new FileLink("https://1fichier.com/?a"), FILE));
      openCopy();
    }
    openCopy();
    assertThat(path()).as("somebody had it a moment ago").exists();
    aged(path());
    try (var before = new CacheFile(path())) {
      assertThat(new Known(before).remembered()).hasSize(1);
      aged(path());
      for (String suffix : List.of("-wal", "-shm")) {
        aged(CachePlace.beside(path(), suffix));
      }
      openCopy();
      assertThat(path()).as("somebody has it open").exists();
    }
    aged(path());
    openCopy();
    assertThat(path()).doesNotExist();
  }

  private void openCopy() throws IOException {
    try (var now = cacheOfNow()) {
      assertThat(new Known(now).remembered()).hasSize(1);
    }
  }

  /** In a chroot, "Mount point not found" made the cache unusable. */
  @Test
  void directoryOnNobodyKnowsWhat_isNotUnpackedInto() {
    assertThat(CacheFile.hasRoom(directory)).isTrue();
    assertThat(CacheFile.hasRoom(directory.resolve("missing"))).isFalse();
  }

  @Test
  void otherVersion_isMadeAnew() throws IOException {
    remember("https://1fichier.com/?a");
    try (var file = new CacheFile(path())) {
      file.run(connection -> new Rows(connection).change("PRAGMA user_version = 99"));
    }
    assertThat(remembered()).isEmpty();
  }

  /** What was remembered of files was lost, and with it hours of checksums. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void versionBefore_keepsItsData(int version) throws IOException {
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      keep(known, remoteFile("text/plain"));
      new OwnChanges(file).removed(List.of(new FileLink("https://1fichier.com/?gone")), NOW);
      known.remember(Map.of(new FileLink("https://1fichier.com/?a"), FILE));
      file.run(connection -> asInVersion(version, new Rows(connection)));
    }
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      assertThat(known.remembered()).hasSize(1);
      assertThat(known.isListed(0, NOW, NOW, true)).isFalse();
      assertThat(new Changes(file).ended(Known.ALL)).isEmpty();
      assertThat(count(file, "gone")).isEqualTo(1);
      keep(known, remoteFile("text/plain"));
      assertThat(known.isListed(0, NOW, NOW, true)).isTrue();
      assertThat(count(file, "file")).isEqualTo(1);
    }
    assertThat(remembered()).hasSize(1);
  }

  @Test
  void versionThree_keepsItsListings() throws IOException {
    try (var file = new CacheFile(path())) {
      keep(new Known(file), remoteFile("text/plain"));
      file.run(connection -> {
        var rows = new Rows(connection);
        beforeHolders(rows, "change");
        rows.change("DROP TABLE upload");
        rows.change("DROP TABLE upload_file");
        return rows.change("PRAGMA user_version = 3");
      });
    }
    try (var file = new CacheFile(path())) {
      assertThat(new Known(file).isListed(0, NOW, NOW, true)).isTrue();
      var uploads = new OpenUploads(file);
      var upload =
          new OpenUpload(
              FolderId.ROOT,
              "host:1",
              "id",
              List.of(new OpenUpload.Item("a", 1, NOW, Checksums.NONE)),
              Set.of(new FileLink("https://1fichier.com/?a")));
      uploads.keep(upload, NOW);
      assertThat(uploads.left("", NOW)).as("this process lives").isEmpty();
      uploads.leave(List.of(upload));
      assertThat(uploads.left("", NOW))
          .containsExactly(new OpenUploads.Left(upload, CachedFolder.ROOT, NOW));
      assertThat(uploads.left("elsewhere", NOW)).isEmpty();
      assertThat(uploads.left("", NOW.plus(Duration.ofDays(2)))).isEmpty();
      assertThat(uploads.left("", NOW)).as("it is forgotten").isEmpty();
    }
  }

  /** An upload that was cut off before the program was brought up to date was sent again. */
  @Test
  void versionFour_keepsWhatIsOpen() throws IOException {
    var upload =
        new OpenUpload(
            FolderId.ROOT,
            "host:1",
            "id",
            List.of(new OpenUpload.Item("a", 1, NOW, new Checksums(null, "aa"))),
            Set.of());
    try (var file = new CacheFile(path())) {
      new OpenUploads(file).keep(upload, NOW);
      new Changes(file).begin(Set.of(FolderId.ROOT), List.of());
      file.run(connection -> {
        var rows = new Rows(connection);
        beforeHolders(rows, "change");
        beforeHolders(rows, "upload");
        rows.change("ALTER TABLE upload_file DROP COLUMN whirlpool");
        return rows.change("PRAGMA user_version = 4");
      });
    }
    try (var file = new CacheFile(path())) {
      assertThat(new OpenUploads(file).left("", NOW))
          .containsExactly(new OpenUploads.Left(upload, CachedFolder.ROOT, NOW));
      assertThat(new Changes(file).ended(Known.ALL)).hasSize(1);
    }
  }

  /** It failed as soon as another program had brought its file up to date. */
  @Test
  void earlierProgram_thatRuns_goesOnWithItsFile() throws IOException {
    try (var before = new CacheFile(path())) {
      var known = new Known(before);
      known.remember(Map.of(new FileLink("https://1fichier.com/?a"), FILE));
      before.run(connection -> new Rows(connection).change("PRAGMA user_version = 4"));
      before.run(connection -> {
        beforeHolders(new Rows(connection), "change");
        beforeHolders(new Rows(connection), "upload");
        return new Rows(connection).change("ALTER TABLE upload_file DROP COLUMN whirlpool");
      });
      try (var now = cacheOfNow()) {
        assertThat(new Known(now).remembered()).hasSize(1);
        known.remember(Map.of(new FileLink("https://1fichier.com/?b"), FILE));
        before.run(connection -> new Rows(connection).change("UPDATE upload SET pid = 1"));
        new Known(now).remember(Map.of(new FileLink("https://1fichier.com/?c"), FILE));
        assertThat(known.remembered()).hasSize(2);
        assertThat(new Known(now).remembered()).hasSize(2);
      }
    }
    assertThat(path()).exists();
  }

  private CacheFile cacheOfNow() {
    return new CacheFile(CachePlace.of(directory, "cache", List.of()), () -> false);
  }

  @Test
  void fileOfAnEarlierProgram_thatNobodyHas_getsTheNewName() throws IOException {
    remember("https://1fichier.com/?a");
    try (var now = cacheOfNow()) {
      assertThat(now.isThere()).isTrue();
      assertThat(new Known(now).remembered()).hasSize(1);
    }
    assertThat(path()).doesNotExist();
    Path file = directory.resolve("cache." + CacheTables.VERSION + ".db");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "this is no database, and it is long enough to be taken for one"})
  void whatIsNoCache_isNotTaken(String content) throws IOException {
    Files.writeString(path(), content);
    try (var now = cacheOfNow()) {
      new Known(now).remember(Map.of(new FileLink("https://1fichier.com/?a"), FILE));
      assertThat(new Known(now).remembered()).hasSize(1);
    }
    assertThat(path()).hasContent(content);
  }

  private static void beforeHolders(Rows rows, String table) throws SQLException {
    rows.change("ALTER TABLE " + table + " RENAME COLUMN holder TO pid");
    rows.change("ALTER TABLE " + table + " ADD COLUMN started INTEGER NOT NULL DEFAULT 0");
    rows.change("UPDATE " + table + " SET pid = ?", ProcessHandle.current().pid());
  }

  private static int asInVersion(int version, Rows rows) throws SQLException {
    rows.change("DROP TABLE folder");
    rows.change(
        """
        CREATE TABLE folder (
          id INTEGER PRIMARY KEY,
          path TEXT NOT NULL,
          listed INTEGER NOT NULL,
          whole INTEGER NOT NULL,
          owned INTEGER NOT NULL)
        """);
    rows.change("CREATE INDEX folder_path ON folder (path)");
    rows.change("INSERT INTO folder VALUES (0, '', 1, 1, 1)");
    if (version == 1) {
      rows.change("DROP TABLE change");
    }
    return rows.change("PRAGMA user_version = " + version);
  }
}
