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
