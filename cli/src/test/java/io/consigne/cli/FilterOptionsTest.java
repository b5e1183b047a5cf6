package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a run takes: with {@code --delete} another choice removes the wrong ones. */
@SuppressWarnings("NullAway.Init") // set before each test
final class FilterOptionsTest {
  @TempDir private Path home;
  private Path local;
  private StandIn host;

  @BeforeEach
  void start() throws IOException {
    host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
    local = Files.createDirectory(home.resolve("local"));
    write("large-new", 2048, Duration.ZERO);
    write("large-old", 2048, Duration.ofDays(3));
    write("small-new", 1023, Duration.ZERO);
    write("small-old", 1023, Duration.ofDays(3));
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  private void write(String name, int bytes, Duration age) throws IOException {
    Path file = Files.write(local.resolve(name), new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  /** The files that would be sent. */
  private List<String> taken(String... options) {
    var arguments =
        Stream.concat(Stream.of("sync", "--dry-run", local.toString(), ":/"), Stream.of(options));
    Run run = Run.against(host, home, arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.toString()).isZero();
    return run.out()
        .lines()
        .filter(line -> line.startsWith("send "))
        .map(line -> line.substring("send ".length()))
        .toList();
  }

  @Test
  void sizes_areFromAndTo() {
    assertThat(taken("--min-size=1K")).containsExactly("large-new", "large-old");
    assertThat(taken("--max-size=1K")).containsExactly("small-new", "small-old");
    assertThat(taken("--min-size=1023", "--max-size=2K")).hasSize(4);
    assertThat(taken("--min-size=1024", "--max-size=2047")).isEmpty();
  }

  @Test
  void ages_areHowLongAgoAFileWasChanged() {
    assertThat(taken("--min-age=1d")).containsExactly("large-old", "small-old");
    assertThat(taken("--max-age=1d")).containsExactly("large-new", "small-new");
    assertThat(taken("--min-age=2d", "--max-age=4d")).containsExactly("large-old", "small-old");
    assertThat(taken("--max-age=36h", "--max-size=1K")).containsExactly("small-new");
  }

  /** As sync.md says: rules of a file, then what is excluded, then what is included. */
  @Test
  void rulesThatContradictEachOther_countInTheirOrder() throws IOException {
    Path rules = Files.writeString(home.resolve("rules"), "+ small-new\n- large-old\n");
    String from = "--filter-from=" + rules;
    assertThat(taken("--include=*-old", "--exclude=small-*", from)).containsExactly("small-new");
    assertThat(taken("--include=*-old", "--exclude=small-*")).containsExactly("large-old");
    assertThat(taken("--include=*-old", from)).containsExactly("small-new", "small-old");
    assertThat(taken("--exclude=small-*", from)).containsExactly("large-new", "small-new");
  }
}
