package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.FileLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that is shared, damaged or of another version. */
class CacheFileTest {
  private static final Remembered FILE =
      new Remembered(3, Instant.parse("2026-01-02T03:04:05Z"), null);

  @TempDir private Path directory;

  private Path path() {
    return directory.resolve("cache.db");
  }

  private void remember(String link) throws IOException {
    try (var file = new CacheFile(path())) {
      new Known(file).remember(Map.of(new FileLink(link), FILE));
    }
  }

  private Map<FileLink, Remembered> remembered() throws IOException {
    try (var file = new CacheFile(path())) {
      return new Known(file).remembered();
    }
  }

  @Test
  void whatIsRemembered_staysAndIsPrivate() throws IOException {
    remember("https://1fichier.com/?a");
    assertThat(remembered()).containsEntry(new FileLink("https://1fichier.com/?a"), FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void noDatabase_isMadeAnew() throws IOException {
    Files.writeString(path(), "this is a text and no database, whatever its name says".repeat(99));
    assertThat(remembered()).isEmpty();
    remember("https://1fichier.com/?a");
    assertThat(remembered()).hasSize(1);
  }

  @Test
  void tornFile_isMadeAnew() throws IOException {
    for (int i = 0; i < 50; i++) {
      remember("https://1fichier.com/?" + i);
    }
    byte[] bytes = Files.readAllBytes(path());
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(path(), bytes);
    assertThat(remembered()).isEmpty();
    remember("https://1fichier.com/?a");
    assertThat(remembered()).hasSize(1);
  }

  @Test
  void otherVersion_isMadeAnew() throws IOException {
    remember("https://1fichier.com/?a");
    try (var file = new CacheFile(path())) {
      file.run(connection -> new Rows(connection).change("PRAGMA user_version = 99"));
    }
    assertThat(remembered()).isEmpty();
  }

  @Test
  void severalAtOnce_loseNothing() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> tasks =
          IntStream.range(0, 40)
              .<Callable<Boolean>>mapToObj(i ->
                  () -> {
                    remember("https://1fichier.com/?" + i);
                    return true;
                  })
              .toList();
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        assertThat(task.get()).isTrue();
      }
    }
    assertThat(remembered()).hasSize(40);
  }
}
