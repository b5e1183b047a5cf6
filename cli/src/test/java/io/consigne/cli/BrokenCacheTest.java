package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cache that cannot be used, as that of another user. */
final class BrokenCacheTest extends OneDesk {
  /** What a Consigne host does needs no cache: one that cannot be told of it stops nobody. */
  @Test
  void changes_areMadeNevertheless() throws IOException {
    Path file = desk.write("local/a.txt", "a");
    desk.good("sync", desk.path("local").toString(), ":/changed/synced");
    breakCaches();
    desk.good("put", file.toString(), "/changed/b.txt");
    desk.good("mkdir", "/changed/made");
    desk.good("mv", "/changed/b.txt", "/changed/made/");
    desk.good("cp", "/changed/made/b.txt", "/changed/c.txt");
    desk.good("rm", "--yes", "/changed/c.txt");
    assertThat(desk.good("ls", "-R", "/changed"))
        .isEqualTo("made/\nmade/b.txt\nsynced/\nsynced/a.txt\n");
  }

  /** They ended with 1, as where the disk is full. */
  @Test
  void syncAndItsKin_doWithoutOne() throws IOException {
    desk.write("kept/a.txt", "a");
    desk.write("kept/b.txt", "a");
    String kept = desk.path("kept").toString();
    desk.good("sync", kept, ":/kept");
    breakCaches();
    desk.write("kept/c.txt", "c");
    assertThat(desk.good("sync", kept, ":/kept")).isEqualTo("send c.txt\n");
    assertThat(desk.good("sync", ":/kept", desk.path("copy").toString()).lines()).hasSize(3);
    assertThat(desk.good("check", kept, ":/kept")).isEmpty();
    assertThat(desk.good("dedupe", "--yes", "--keep=first_path", "/kept"))
        .contains("remove  /kept/b.txt");
  }

  /** That nothing could be unpacked where temporary files are was an unexpected error. */
  @Test
  void placeForTemporaryFiles_isNotNeeded() throws Exception {
    desk.write("small/a.txt", "a");
    ProcessBuilder sync = desk.process("sync", desk.path("small").toString(), ":/small");
    sync.environment()
        .put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + desk.path("missing").toAbsolutePath());
    sync.environment().put("XDG_CACHE_HOME", desk.path("other caches").toString());
    Process process =
        sync.redirectErrorStream(true).redirectOutput(desk.path("said").toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(desk.path("said"))).isZero();
  }

  private void breakCaches() throws IOException {
    List<Path> caches;
    try (Stream<Path> files = Files.list(desk.path(".cache/consigne"))) {
      caches = files.toList();
    }
    assertThat(caches).isNotEmpty();
    for (Path cache : caches) {
      if (!Files.isDirectory(cache)) {
        Files.delete(cache);
        Files.createDirectories(cache.resolve("in the way"));
      }
    }
  }
}
