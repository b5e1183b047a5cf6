package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process that is killed when its bytes are out, at a host that lists late what it has stored: it
 * was all stored once more by the same command.
 */
@SuppressWarnings("NullAway.Init") // set before each test
final class KilledPutTest {
  @TempDir private Path home;
  private final CompletableFuture<Process> victim = new CompletableFuture<>();
  private final AtomicInteger uploads = new AtomicInteger();
  private volatile String last = "";
  private volatile Fault fault = Fault.NONE;
  private StandIn host;

  @BeforeEach
  void start() throws IOException {
    host = new StandIn(Timing.SYSTEM, this::fault);
    host.files().listingsAreLate(Duration.ofMinutes(4));
    Files.writeString(Files.createDirectory(home.resolve("up")).resolve("a.txt"), "a");
    Files.writeString(home.resolve("up/b.txt"), "bb");
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  /** What the process asks last, it hears no answer of. */
  private Fault fault(String path) {
    if (path.equals("/upload.cgi")) {
      uploads.incrementAndGet();
    }
    if (!path.equals(last)) {
      return Fault.NONE;
    }
    last = "";
    try {
      victim.join().destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return fault;
  }

  @ParameterizedTest
  @CsvSource({
    "/upload.cgi, LOST_ANSWER, put",
    "/end.pl, CUT, put",
    "/end.pl, LATE_REPORT, put",
    "/end.pl, CUT, sync"
  })
  void killed_andRepeated_storesNothingTwice(String path, Fault lost, String command)
      throws Exception {
    String up = home.resolve("up").toString();
    String[] arguments =
        command.equals("put")
            ? new String[] {"put", "-r", "--if-exists=skip", up + "/.", "/"}
            : new String[] {"sync", up, ":/"};
    last = path;
    fault = lost;
    victim.complete(Run.process(host, home, "said", arguments));
    assertThat(victim.join().waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(victim.join().exitValue()).as(Files.readString(home.resolve("said"))).isEqualTo(137);
    Run again = Run.against(host, home, arguments);
    assertThat(again.exitCode()).as(again.toString()).isZero();
    assertThat(again.err()).doesNotContain("sent again");
    assertThat(host.files().contents())
        .isEqualTo(Map.of("a.txt", List.of("a"), "b.txt", List.of("bb")));
    assertThat(Run.against(host, home, "ls", "/").out()).isEqualTo("a.txt\nb.txt\n");
  }

  /** A part that was on its way was stored once more, and its twin removed. */
  @ParameterizedTest
  @CsvSource({"/upload.cgi, LOST_ANSWER", "/end.pl, CUT", "/end.pl, LATE_REPORT"})
  void killed_atAPartAndRepeated_storesNoPartTwice(String path, Fault lost) throws Exception {
    Path large = Files.writeString(home.resolve("large"), "one two three");
    String[] arguments = {"put", "--split", "--part-size=4", large.toString(), "/"};
    last = path;
    fault = lost;
    victim.complete(Run.process(host, home, "said", arguments));
    assertThat(victim.join().waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(victim.join().exitValue()).as(Files.readString(home.resolve("said"))).isEqualTo(137);
    uploads.set(0);
    Run again = Run.against(host, home, arguments);
    assertThat(again.exitCode()).as(again.toString()).isZero();
    assertThat(again.err()).doesNotContain("sent again");
    assertThat(uploads).as("the manifest").hasValue(1);
    assertThat(Run.against(host, home, "cat", "/large").out()).isEqualTo("one two three");
  }
}
