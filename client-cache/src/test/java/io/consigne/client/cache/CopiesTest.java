package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Locks;
import io.consigne.client.model.RemoteFile.Place;
import io.consigne.client.model.RemoteFile.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there twice. */
class CopiesTest {
  private static final int FILES = 50_000;
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final CachedFolder ROOT = CachedFolder.ROOT;

  @TempDir private Path directory;

  private static RemoteFile file(int id, String folder, String name, @Nullable String sha256) {
    return new RemoteFile(
        new FileLink("https://1fichier.com/?" + id),
        name,
        100,
        new Times(NOW, null),
        new Checksums(null, sha256),
        "",
        new Locks(false, false),
        new Place(new FolderId(folder.hashCode() & 0x7fffffff), folder));
  }

  private List<Copies> copies(CachedFolder top, RemoteFile... files) throws IOException {
    try (var cache = new CacheFile(directory.resolve("cache.db"))) {
      var known = new Known(cache);
      known.keepAll(List.of(files), new Known.Telling(NOW, NOW, NOW, Set.of()));
      return known.copies(top, "sha256");
    }
  }

  @Test
  void checksum_countsBeforeTheName() throws IOException {
    List<Copies> found =
        copies(
            ROOT,
            file(1, "", "a", "11"),
            file(2, "b", "other", "11"),
            file(3, "b", "a", "22"),
            file(4, "c", "a", null),
            file(5, "", "once", null));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().byContent()).isTrue();
    assertThat(found.getFirst().files())
        .extracting(file -> String.valueOf(file.link()))
        .containsExactly("https://1fichier.com/?1", "https://1fichier.com/?2");
  }

  @Test
  void withoutChecksum_nameAndSizeAreToldAsSuch() throws IOException {
    List<Copies> found = copies(ROOT, file(1, "b", "a", null), file(2, "c", "a", null));
    assertThat(found).extracting(Copies::byContent).containsExactly(false);
  }

  @Test
  void belowAFolder_othersDoNotCount() throws IOException {
    var top = CachedFolder.of(new FolderId("b".hashCode() & 0x7fffffff), "b");
    assertThat(copies(top, file(1, "b", "a", "11"), file(2, "bc", "a", "11"))).isEmpty();
    assertThat(copies(top, file(1, "b", "a", "11"), file(2, "b/c", "a", "11"))).hasSize(1);
  }

  /** It was taken for a copy of itself, and dedupe of the whole account was refused. */
  @Test
  void fileThatTwoFoldersTell_isNoCopyOfItself() throws IOException {
    assertThat(copies(ROOT, file(1, "b", "a", "11"), file(1, "c", "a", "11"))).isEmpty();
    List<Copies> found =
        copies(ROOT, file(1, "b", "a", "11"), file(1, "c", "a", "11"), file(2, "d", "other", "11"));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().files())
        .extracting(file -> String.valueOf(file.link()))
        .containsExactly("https://1fichier.com/?1", "https://1fichier.com/?2");
  }

  /** {@code bench/client-dedupe} measures a million. */
  @Test
  void copies_amongManyFiles_areAllFound() throws IOException {
    var random = new Random(5);
    var files = new ArrayList<RemoteFile>();
    for (int i = 0; i < FILES; i++) {
      String sha256 = "%016x%048x".formatted(random.nextLong(), random.nextInt(3) == 0 ? i / 2 : i);
      files.add(
          file(i, "folder " + i % 1_000, "file " + i, i % 10 == 1 ? "twice" + i / 20 : sha256));
    }
    try (var cache = new CacheFile(directory.resolve("cache.db"))) {
      var known = new Known(cache);
      known.keepAll(files, new Known.Telling(NOW, NOW, NOW, Set.of()));
      assertThat(known.copies(ROOT, "sha256")).hasSize(FILES / 20);
    }
  }
}
