package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in parts that the host is known not to take. */
final class SplitRefusedTest {
  private static final long GIB = 1L << 30;

  @TempDir private Path home;

  private Run run(StandIn host, String... arguments) {
    return Run.against(host, home, arguments);
  }

  /** Parts were as large as a file may be: no line sends one within the 4 hours of an upload. */
  @Test
  void withoutASize_partsAreSmallEnoughForUsualLines() throws IOException {
    Path file = home.resolve("large");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw");
        var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      sparse.setLength(10_000_000_000L);
      assertThat(run(host, "put", "-n", "--split", file.toString(), "/").out())
          .isEqualTo("send %s -> /large\n".formatted(file));
      sparse.setLength(10_000_000_001L);
      assertThat(run(host, "put", "-n", "--split", file.toString(), "/").out())
          .isEqualTo("mkdir /large.split\nsend %s -> /large.split\n".formatted(file));
    }
  }

  /** It was broken off after 4 hours, six times, and no word said what helps. */
  @Test
  void fileThatUsualLinesDoNotSend_isSaidBeforeItIsSent() throws IOException {
    String folder = Files.createDirectory(home.resolve("up")).toString();
    try (var first = new RandomAccessFile(folder + "/first", "rw");
        var second = new RandomAccessFile(folder + "/second", "rw");
        var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      first.setLength(10_000_000_000L);
      second.setLength(1_000);
      assertThat(run(host, "put", "-n", "-r", folder, "/").err())
          .isEqualTo("consigne: nothing was done\n");
      second.setLength(100_000_000_000L);
      first.setLength(10_000_000_001L);
      assertThat(run(host, "put", "-n", "-r", folder, "/").err())
          .isEqualTo(
              ("consigne: %s/second: an upload may take 4 hours there, for which 93.1 GiB need"
                      + " 56 Mbit/s; --split stores it in parts\nconsigne: nothing was done\n")
                  .formatted(folder));
      assertThat(run(host, "put", "-n", "-r", "--split", folder, "/").err())
          .isEqualTo("consigne: nothing was done\n");
    }
  }

  /** Only put said it, and sync sent it again and again. */
  @Test
  void fileThatUsualLinesDoNotSend_isSaidBySyncToo() throws IOException {
    String folder = Files.createDirectory(home.resolve("mirror")).toString();
    try (var sparse = new RandomAccessFile(folder + "/large", "rw");
        var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      sparse.setLength(100_000_000_000L);
      assertThat(run(host, "sync", "-n", folder, ":/").err())
          .startsWith(
              "consigne: large: an upload may take 4 hours there, for which 93.1 GiB need"
                  + " 56 Mbit/s; put --split stores it in parts\n");
      sparse.setLength(10_000_000_000L);
      assertThat(run(host, "sync", "-n", folder, ":/").err()).doesNotContain("Mbit/s");
    }
  }

  /** "consigne quota" was named, which has nothing to do with it. */
  @Test
  void fileThatIsTooLarge_isStoredInParts_asItsRefusalSays() throws IOException {
    String file = home.resolve("large").toString();
    try (var sparse = new RandomAccessFile(file, "rw");
        var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      sparse.setLength(300_000_000_001L);
      Run put = run(host, "put", "--json", file, "/");
      assertThat(put.err())
          .isEqualTo(
              ("consigne: %s: large has 300000000001 bytes; this host stores files of at most"
                      + " 300000000000 bytes; --split stores it in parts\n")
                  .formatted(file));
      assertThat(put.out())
          .contains(
              "\"exit\":9,\"message\":\"no room is left, or something is too large\","
                  + "\"next\":\"\\\"consigne quota\\\" tells what is left, and \\\"put --split\\\""
                  + " stores large files in parts\"}");
    }
  }

  /** It ended all that came after it. */
  @Test
  void folderThatIsNotMade_costsNoOther() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().add("one.split", new byte[] {1});
      String one = Files.write(home.resolve("one"), new byte[3000]).toString();
      String two = Files.write(home.resolve("two"), new byte[3000]).toString();
      Run put = run(host, "put", "--split", "--part-size=2K", one, two, "/");
      assertThat(put)
          .isEqualTo(new Run(8, "", "consigne: %s: a file is called /one.split\n".formatted(one)));
      assertThat(host.files().folderNames()).containsExactly("two.split");
    }
  }

  /** A dry run promised it, and a run sent the last part before it was refused. */
  @Test
  void put_isRefusedBeforeAnythingIsMade_inADryRunToo() throws IOException {
    Path file = home.resolve("large");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw");
        var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      sparse.setLength(400 * GIB + 1);
      Run put = run(host, "put", "--split", "--part-size=400G", file.toString(), "/");
      assertThat(put.exitCode()).isEqualTo(9);
      assertThat(put.err())
          .startsWith("consigne: %s: 0001 has ".formatted(file))
          .contains("this host stores files of at most ");
      assertThat(run(host, "put", "-n", "--split", "--part-size=400G", file.toString(), "/"))
          .isEqualTo(new Run(9, "", put.err() + "consigne: nothing was done\n"));
      assertThat(host.files().contents()).isEmpty();
      assertThat(host.files().folderNames()).isEmpty();
    }
  }
}
