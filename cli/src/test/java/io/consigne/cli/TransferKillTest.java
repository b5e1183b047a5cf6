package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that move files are killed at moments by chance and started again: the bytes are right
 * in the end, and few go over the line twice. Interrupted ones leave no half file under its name.
 */
final class TransferKillTest {
  private static final long BYTES_PER_SECOND = 20_000_000;
  private static final int FOLDERS = 10;
  private static final int FILES = 3;
  private static final int FILE_BYTES = 1_000_000;
  private static final int LARGE_BYTES = 60_000_000;
  private static final int KILLS = 3;

  @TempDir private Path home;
  private final Random random = new Random(20_261_121);
  private Desk desk;
  private Meter meter;

  @BeforeEach
  void start() throws IOException {
    desk = new Desk(home);
    meter = new Meter(desk.url(), BYTES_PER_SECOND);
    desk.environment().put("CONSIGNE_URL", meter.url());
  }

  @AfterEach
  void stop() throws IOException {
    meter.close();
    desk.close();
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private Path tree() throws IOException {
    Path tree = desk.path("tree");
    for (int i = 0; i < FOLDERS * FILES; i++) {
      Path file = tree.resolve("f" + i % FOLDERS).resolve("file " + i);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes(FILE_BYTES));
    }
    return tree;
  }

  /** Kills a command when so many bytes have moved; some kills of it, then lets it end. */
  private void killed(LongSupplier moved, long whole, String... command) throws Exception {
    long before = moved.getAsLong();
    for (int kill = 1; kill <= KILLS; kill++) {
      // Thirds of the way, and by chance within them.
      long until = before + (long) (whole * (kill - random.nextDouble(0.2, 0.8)) / KILLS);
      Process process = started(command);
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> moved.getAsLong() >= until || !process.isAlive());
      process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    }
    Process last = started(command);
    assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).as(Files.readString(desk.path("err"))).isZero();
    long twice = moved.getAsLong() - before - whole;
    System.out.printf(
        "%s: killed %d times, %,d of %,d bytes moved twice%n", command[0], KILLS, twice, whole);
    // Eight small files are under way at a kill. Starting over would move 3/2 of the whole twice.
    assertThat(twice).isLessThan(whole * 4 / 5);
  }

  private Process started(String... command) throws IOException {
    return desk.process(command)
        .redirectOutput(desk.path("out").toFile())
        .redirectError(desk.path("err").toFile())
        .start();
  }

  private static Map<String, Integer> contents(Path root) throws IOException {
    var contents = new TreeMap<String, Integer>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        contents.put(root.relativize(file).toString(), Arrays.hashCode(bytes));
      }
    }
    return contents;
  }

  /** What is at the host, fetched without the slow line. */
  private Map<String, Integer> remote() throws IOException {
    desk.environment().put("CONSIGNE_URL", desk.url());
    desk.good("get", "-r", "/tree", desk.path("fetched").toString());
    desk.environment().put("CONSIGNE_URL", meter.url());
    return contents(desk.path("fetched"));
  }

  @Test
  void get_goesOn() throws Exception {
    byte[] bytes = bytes(LARGE_BYTES);
    Path file = Files.write(desk.path("large"), bytes);
    desk.good("put", file.toString(), "/large");
    Path target = desk.path("target");
    killed(meter::down, LARGE_BYTES, "get", "/large", target.toString());
    assertThat(target).hasBinaryContent(bytes);
    assertThat(desk.path("target.part")).doesNotExist();
  }

  @Test
  void syncUp_goesOn() throws Exception {
    Path tree = tree();
    killed(meter::up, (long) FOLDERS * FILES * FILE_BYTES, "sync", tree.toString(), ":/tree");
    assertThat(remote()).isEqualTo(contents(tree));
  }

  @Test
  void syncDown_goesOn() throws Exception {
    Path tree = tree();
    desk.good("sync", tree.toString(), ":/tree");
    Path target = Files.createDirectory(desk.path("target"));
    killed(meter::down, (long) FOLDERS * FILES * FILE_BYTES, "sync", ":/tree", target.toString());
    assertThat(contents(target)).isEqualTo(contents(tree));
  }

  @Test
  void put_goesOn() throws Exception {
    Path tree = tree();
    killed(
        meter::up,
        (long) FOLDERS * FILES * FILE_BYTES,
        "put",
        "-r",
        "--if-exists=skip",
        tree + "/f0",
        tree + "/f1",
        tree + "/f2",
        tree + "/f3",
        tree + "/f4",
        tree + "/f5",
        tree + "/f6",
        tree + "/f7",
        tree + "/f8",
        tree + "/f9",
        "/tree/");
    assertThat(remote()).isEqualTo(contents(tree));
  }

  /** Ctrl-C: what has its name is whole, here and there. */
  @Test
  void interrupted_leavesNoHalfFileUnderItsName() throws Exception {
    Path tree = tree();
    Path target = Files.createDirectory(desk.path("target"));
    long whole = (long) FOLDERS * FILES * FILE_BYTES;
    interrupt(meter::up, whole / 2, "sync", tree.toString(), ":/tree");
    assertThat(contents(tree).entrySet()).containsAll(remote().entrySet());
    desk.good("sync", tree.toString(), ":/tree");
    interrupt(meter::down, whole / 2, "sync", ":/tree", target.toString());
    var named = new ArrayList<>(contents(target).entrySet());
    named.removeIf(file -> file.getKey().contains(".part"));
    assertThat(named).isNotEmpty();
    assertThat(contents(tree).entrySet()).containsAll(named);
  }

  private void interrupt(LongSupplier moved, long bytes, String... command) throws Exception {
    long until = moved.getAsLong() + bytes;
    Process process = started(command);
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> moved.getAsLong() >= until || !process.isAlive());
    new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid()))).start().waitFor();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(desk.path("err"))).isEqualTo(130);
  }
}
