package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A mount by rclone, as a media server would have it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MountTest {
  private static final int FILM_BYTES = 300_000_000;

  @TempDir static Path home;
  private HostProcess host;
  private Rclone rclone;
  private Path film;

  @BeforeAll
  void start() {
    host = HostProcess.start(home.resolve("data"), "--tls-self");
    rclone = Rclone.leadTo(host, home);
    film = Samples.file(home.resolve("films/film.mkv"), FILM_BYTES, 42);
    rclone.run("copy", Samples.folder(film).toString(), ":fichier:films").good();
  }

  @AfterAll
  void stop() {
    rclone.close();
    host.close();
  }

  @Test
  void mount_readAtRandomPlaces_isTheFilm() throws Exception {
    Path mountPoint = Files.createDirectory(home.resolve("mnt"));
    Process mount =
        rclone
            .process(Map.of(), "mount", "--read-only", ":fichier:", mountPoint.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("mount.log").toFile())
            .start();
    try {
      Path seen = mountPoint.resolve("films/film.mkv");
      await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(seen));
      assertThat(Files.size(seen)).isEqualTo(FILM_BYTES);
      compareAtRandomPlaces(seen, 12);
    } finally {
      unmount(mountPoint);
      mount.waitFor();
    }
  }

  @Test
  void mount_inTheBackgroundForOthers_isTheFilm() throws Exception {
    Path mountPoint = Files.createDirectory(home.resolve("mnt-daemon"));
    rclone
        .run("mount", "--daemon", "--allow-other", ":fichier:films", mountPoint.toString())
        .good();
    try {
      Path seen = mountPoint.resolve("film.mkv");
      await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(seen));
      compareAtRandomPlaces(seen, 3);
    } finally {
      unmount(mountPoint);
    }
  }

  private void compareAtRandomPlaces(Path seen, int places) throws IOException {
    var random = new Random(3);
    byte[] expected = new byte[100_000];
    byte[] actual = new byte[expected.length];
    try (var original = new RandomAccessFile(film.toFile(), "r");
        var mounted = new RandomAccessFile(seen.toFile(), "r")) {
      for (int i = 0; i < places; i++) {
        int at = random.nextInt(FILM_BYTES - expected.length);
        original.seek(at);
        original.readFully(expected);
        mounted.seek(at);
        mounted.readFully(actual);
        assertThat(actual).as("bytes at %d", at).isEqualTo(expected);
      }
    }
  }

  private static void unmount(Path mountPoint) {
    Launcher.run(new ProcessBuilder("fusermount3", "-uz", mountPoint.toString())).good();
  }
}
