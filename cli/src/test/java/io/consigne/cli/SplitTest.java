package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.split.Manifest;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files in parts: {@code put --split}, and what {@code get}, {@code cat} and {@code ls} make of
 * them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SplitTest {
  private static final FileTime MODIFIED = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));

  @TempDir private static Path home;
  private final byte[] bytes = new byte[2_500_000];
  private Desk desk;
  private Path file;

  @BeforeAll
  void start() throws IOException {
    desk = new Desk(home);
    new Random(5).nextBytes(bytes);
    file = Files.write(desk.path("large.bin"), bytes);
    Files.setLastModifiedTime(file, MODIFIED);
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  private void put(String target) {
    desk.good("put", "--split", "--part-size=1M", file.toString(), target);
  }

  @Test
  void parts_areShownAsTheyAre_andJoinedByGet() throws IOException {
    put("/joined/");
    assertThat(desk.good("ls", "-R", "/joined"))
        .isEqualTo(
            """
            large.bin.split/
            large.bin.split/0001
            large.bin.split/0002
            large.bin.split/0003
            large.bin.split/manifest
            """);
    Path back = desk.path("back");
    desk.good("get", "/joined/large.bin", back.toString());
    assertThat(back).hasBinaryContent(bytes);
    assertThat(Files.getLastModifiedTime(back)).isEqualTo(MODIFIED);
    desk.good("get", "-r", "/joined", desk.path("tree").toString());
    assertThat(desk.path("tree/large.bin")).hasBinaryContent(bytes);
    try (var left = Files.walk(home)) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.contains(".joined-"));
    }
    assertThat(desk.run("get", "/joined/large.bin", back.toString()).exitCode()).isEqualTo(6);
    assertThat(desk.run("rm", "--yes", "/joined/large.bin").err())
        .isEqualTo(
            "consigne: /joined/large.bin is in parts; they are in /joined/large.bin.split\n");
  }

  @Test
  void ranges_reachOverTheBordersOfParts() {
    put("/ranges/");
    String all = desk.good("cat", "/ranges/large.bin");
    assertThat(desk.good("cat", "--range=1048570-1048590", "/ranges/large.bin"))
        .isEqualTo(new String(bytes, 1_048_570, 21, UTF_8));
    assertThat(all).isEqualTo(new String(bytes, UTF_8));
    assertThat(desk.good("cat", "/ranges/large.bin.split")).isEqualTo(all);
  }

  @Test
  void interruptedUpload_goesOnWithItsParts() throws IOException {
    put("/again/");
    desk.good("rm", "--yes", "/again/large.bin.split/manifest", "/again/large.bin.split/0002");
    String kept = desk.good("link", "/again/large.bin.split/0001");
    assertThat(desk.run("get", "/again/large.bin", desk.path("none").toString()).exitCode())
        .isEqualTo(5);
    put("/again/");
    assertThat(desk.good("link", "/again/large.bin.split/0001")).isEqualTo(kept);
    assertThat(desk.good("ls", "/again/large.bin.split").lines())
        .containsExactly("0001", "0002", "0003", "manifest");
  }

  @Test
  void damagedPart_isNeverPartOfTheFile() throws IOException {
    put("/damaged/");
    desk.good("rm", "--yes", "/damaged/large.bin.split/0002");
    Run run = desk.run("get", "/damaged/large.bin", desk.path("damaged").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("consigne: a part is missing: 0002\n");
    desk.good(
        "put",
        Files.write(desk.path("0002"), new byte[1 << 20]).toString(),
        "/damaged/large.bin.split/");
    assertThat(desk.run("get", "/damaged/large.bin", desk.path("damaged").toString()).exitCode())
        .isNotZero();
    assertThat(desk.path("damaged")).doesNotExist();
  }

  @Test
  void takenName_doesAsItIsTold() {
    put("/taken/");
    String[] again = {
      "put", "--split", "--part-size=1M", "--if-exists=skip", file.toString(), "/taken/"
    };
    desk.good(again);
    assertThat(desk.run("put", "--split", "--part-size=1M", file.toString(), "/taken/").exitCode())
        .isEqualTo(6);
    again[3] = "--if-exists=replace";
    assertThat(desk.run(again).exitCode()).isEqualTo(6);
    again[3] = "--if-exists=rename";
    desk.good(again);
    assertThat(desk.good("ls", "/taken")).isEqualTo("large (1).bin.split/\nlarge.bin.split/\n");
  }

  /** It was told in the words of the JDK, a folder in the way only when a part was fetched. */
  @Test
  void whatIsInTheWay_isNamed_andStays() throws IOException {
    put("/way/");
    String manifest = desk.good("cat", "/way/large.bin.split/manifest");
    Path target = desk.path("way");
    String joined = target + ".joined-" + Manifest.parse(manifest).orElseThrow().mark();
    String[] get = {"get", "/way/large.bin", target.toString()};
    for (String end : List.of("", ".1048576.part", ".1048576.part.state")) {
      Path inTheWay = Files.createDirectory(Path.of(joined + end));
      var refused =
          new Run(
              6,
              "",
              "consigne: /way/large.bin.split: %s: this program did not make it; move it away\n"
                  .formatted(inTheWay));
      assertThat(desk.run(get)).isEqualTo(refused);
      Files.delete(inTheWay);
      Files.createSymbolicLink(inTheWay, desk.path("elsewhere"));
      assertThat(desk.run(get)).isEqualTo(refused);
      Files.delete(inTheWay);
    }
    Path piece = Files.createDirectory(Path.of(joined + ".1048576"));
    assertThat(desk.run(get).err())
        .isEqualTo(
            "consigne: /way/large.bin.split: %s: it is a folder, and no file takes its place;"
                    .formatted(piece)
                + " move it away\n");
    Files.delete(piece);
    desk.good(get);
    assertThat(target).hasBinaryContent(bytes);
    assertThat(desk.path("elsewhere")).doesNotExist();
  }

  /** The host has no checksum of its own then but Whirlpool, no empty files, and a largest size. */
  @Test
  void hostLike1fichier_getsWhatItTakes() throws IOException {
    var tooLarge = desk.path("sparse");
    try (var sparse = new RandomAccessFile(tooLarge.toFile(), "rw")) {
      sparse.setLength(300_000_000_001L);
    }
    var lost = new AtomicInteger();
    try (var host =
            new StandIn(
                Timing.SYSTEM,
                path ->
                    path.equals("/upload.cgi") && lost.getAndIncrement() == 0
                        ? Fault.LOST_ANSWER
                        : Fault.NONE);
        var other = new Desk(desk.path("other"))) {
      other.environment().put("CONSIGNE_URL", host.url().toString());
      Run large = other.run("put", tooLarge.toString(), "/");
      assertThat(large.exitCode()).as(large.toString()).isEqualTo(9);
      assertThat(large.err()).contains("this host stores files of at most 300000000000 bytes");
      Run empty = other.run("put", other.write("empty", "").toString(), "/");
      assertThat(empty.exitCode()).isEqualTo(1);
      assertThat(empty.err()).contains("this host does not store empty files");
      other.good("put", "--split", "--part-size=1M", file.toString(), "/");
      assertThat(host.files().contents()).containsOnlyKeys("0001", "0002", "0003", "manifest");
      assertThat(host.files().contents().values()).allMatch(copies -> copies.size() == 1);
      other.good("get", "/large.bin", other.path("back").toString());
      assertThat(other.path("back")).hasBinaryContent(bytes);
    } finally {
      Files.delete(tooLarge);
    }
  }
}
