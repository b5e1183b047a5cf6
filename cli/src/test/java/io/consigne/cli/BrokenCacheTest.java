package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cache that cannot be used, as that of another user. */
final class BrokenCacheTest extends OneDesk {
  /** What a Consigne host does needs no cache: one that cannot be told of it stops nobody. */
  @Test
  void changes_areMadeNevertheless() throws IOException {
    Path file = desk.write("local/a.txt", "a");
    desk.good("sync", desk.path("local").toString(), ":/synced");
    breakCaches();
    desk.good("put", file.toString(), "/b.txt");
    desk.good("mkdir", "/made");
    desk.good("mv", "/b.txt", "/made/");
    desk.good("cp", "/made/b.txt", "/c.txt");
    desk.good("rm", "--yes", "/c.txt");
    assertThat(desk.good("ls", "-R", "/")).isEqualTo("made/\nmade/b.txt\nsynced/\nsynced/a.txt\n");
  }

  private void breakCaches() throws IOException {
    List<Path> caches;
    try (Stream<Path> files = Files.list(desk.path(".cache/consigne"))) {
      caches = files.toList();
    }
    assertThat(caches).isNotEmpty();
    for (Path cache : caches) {
      Files.delete(cache);
      Files.createDirectories(cache.resolve("in the way"));
    }
  }
}
