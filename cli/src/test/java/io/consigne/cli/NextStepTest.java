package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program reads that can be done next where only some of it was done. */
final class NextStepTest {
  @TempDir private Path home;
  private Path up;

  @BeforeEach
  void write() throws IOException {
    up = Files.createDirectory(home.resolve("up"));
    Files.writeString(up.resolve("bad"), "b");
    Files.writeString(up.resolve("good"), "g");
  }

  /** "The same command goes on" stored all files a second time, in /new/up. */
  @Test
  void put_isGoneOnWith_byWhatStoresNothingTwice() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().refuseNames("bad"::equals);
      assertThat(next(host, "put", "-r", up.toString(), "/new"))
          .isEqualTo(
              "what is whole is there, and \\\"consigne sync %s :/new\\\" goes on with the rest"
                  .formatted(up));
      assertThat(next(host, "put", "-r", up + "/.", "/fail"))
          .isEqualTo("what is whole is there, and --if-exists skip goes on with the rest");
      assertThat(next(host, "put", "-r", "--if-exists=skip", up + "/.", "/skip"))
          .isEqualTo("what is whole is there, and the same command goes on with the rest");
      assertThat(next(host, "put", "-r", "--if-exists=replace", up + "/.", "/replace"))
          .isEqualTo("what is whole is there, and the same command moves it again");
    }
  }

  @Test
  void sync_isGoneOnWith_byItself() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().refuseNames("bad"::equals);
      assertThat(next(host, "sync", up.toString(), ":/sync"))
          .isEqualTo("what is whole is there, and the same command goes on with the rest");
    }
  }

  private String next(StandIn host, String... command) {
    String[] arguments = new String[command.length + 1];
    System.arraycopy(command, 0, arguments, 0, command.length);
    arguments[command.length] = "--json";
    Run run = Run.against(host, home, arguments);
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(8);
    String before = "\"message\":\"some of it was done, and some not\",\"next\":\"";
    assertThat(run.out()).contains(before);
    String rest = run.out().substring(run.out().indexOf(before) + before.length());
    return rest.substring(0, rest.indexOf("\"}"));
  }
}
