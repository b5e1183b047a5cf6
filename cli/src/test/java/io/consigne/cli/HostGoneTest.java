package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that goes away: each file that was left was tried, for as long as a host may be down. */
final class HostGoneTest {
  /** Else each try of one file is waited for longer than the one before, half a minute in all. */
  private static final String PATIENCE = "--patience=1s";

  @TempDir private Path home;
  private final AtomicReference<StandIn> host = new AtomicReference<>();
  private volatile String last = "";

  private Fault end(String path) {
    if (path.endsWith(last)) {
      try {
        host.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Fault.CUT;
    }
    return Fault.NONE;
  }

  @Test
  void putInParts_ends() throws IOException {
    last = "get_upload_server.cgi";
    Path one = Files.write(home.resolve("one"), new byte[3000]);
    Path two = Files.write(home.resolve("two"), new byte[3000]);
    try (var standIn = new StandIn(Timing.SYSTEM, this::end)) {
      host.set(standIn);
      String[] put = {
        "put", PATIENCE, "--split", "--part-size=2K", one.toString(), two.toString(), "/"
      };
      Run run = Run.against(standIn, home, put);
      assertThat(run.exitCode()).isEqualTo(10);
      assertThat(run.err()).contains(one + ": ").doesNotContain(two + ": ");
    }
  }

  @Test
  void get_ends() throws IOException {
    last = "get_token.cgi";
    try (var standIn = new StandIn(Timing.SYSTEM, this::end)) {
      host.set(standIn);
      standIn.files().add("one", new byte[] {1});
      standIn.files().add("two", new byte[] {2});
      String target = home.resolve("got").toString();
      Run run = Run.against(standIn, home, "get", PATIENCE, "-r", "--transfers=1", "/.", target);
      assertThat(run.exitCode()).isEqualTo(10);
      assertThat(run.err()).contains("/one: ").doesNotContain("/two: ");
    }
  }

  /** A node may have the bytes of one file alone: the others were not fetched. */
  @Test
  void get_leavesFileWhoseNodeIsDown() throws IOException {
    String nobody = "127.0.0.1:1";
    try (var standIn = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      standIn.files().moveTo(nobody, standIn.files().add("one", new byte[] {1}));
      standIn.files().add("two", new byte[] {2});
      String target = home.resolve("got").toString();
      Run run = Run.against(standIn, home, "get", PATIENCE, "-r", "--transfers=1", "/.", target);
      assertThat(run.exitCode()).isEqualTo(8);
      assertThat(run.err()).contains("/one: ");
      assertThat(home.resolve("got/two")).hasBinaryContent(new byte[] {2});
    }
  }

  /** Each folder that was left was tried for half a minute. */
  @Test
  void mv_ends() throws IOException {
    last = "folder/mv.cgi";
    try (var standIn = new StandIn(Timing.SYSTEM, this::end)) {
      host.set(standIn);
      for (String name : List.of("one", "two", "to")) {
        standIn.files().addFolder(name, List.of());
      }
      Run run = Run.against(standIn, home, "mv", PATIENCE, "/one", "/two", "/to/");
      assertThat(run.exitCode()).isEqualTo(10);
      assertThat(run.err()).contains("/one: ").doesNotContain("/two: ");
    }
  }
}
