package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two commands that store at one path at the same time: both stored everything. */
@SuppressWarnings("NullAway.Init") // set before each test
final class StoringAloneTest {
  @TempDir private Path home;
  private final AtomicBoolean isMet = new AtomicBoolean();
  private volatile Runnable meanwhile = () -> {};
  private StandIn host;

  @BeforeEach
  void start() throws IOException {
    host = new StandIn(Timing.SYSTEM, this::meet);
    Files.writeString(Files.createDirectory(home.resolve("up")).resolve("a.txt"), "a");
    assertThat(Run.against(host, home, "mkdir", "/x").exitCode()).isZero();
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  /** The first that sends waits for what others do meanwhile. */
  private Fault meet(String path) {
    if (path.equals("/upload.cgi") && isMet.compareAndSet(false, true)) {
      meanwhile.run();
    }
    return Fault.NONE;
  }

  private int ended(Process process) throws InterruptedException {
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private static Run refused(String path) {
    String other = "another process stores at " + path;
    return new Run(
        6,
        "",
        "consigne: waiting: %s\nconsigne: %s; try again when it is done, or allow a longer"
                .formatted(other, other)
            + " --patience\n");
  }

  @Test
  void put_keepsOthersFromItsPath_andFromNoOther() throws Exception {
    String file = home.resolve("up/a.txt").toString();
    String up = home.resolve("up").toString();
    var runs = new ArrayList<Run>();
    meanwhile =
        () -> {
          runs.add(Run.against(host, home, "put", file, "/x/b.txt"));
          runs.add(Run.against(host, home, "put", "--patience=0s", file, "/x/"));
          runs.add(Run.against(host, home, "put", "-r", "--patience=0s", up + "/.", "/x"));
          runs.add(Run.against(host, home, "sync", "--patience=0s", up, ":/"));
          runs.add(Run.against(host, home, "sync", "--dry-run", "--patience=0s", up, ":/x"));
        };
    assertThat(ended(Run.process(host, home, "said", "put", file, "/x"))).isZero();
    assertThat(runs).extracting(Run::exitCode).as(runs.toString()).containsExactly(0, 6, 6, 6, 0);
    assertThat(runs.subList(1, 4))
        .containsExactly(refused("/x/a.txt"), refused("/x"), refused("/"));
    assertThat(Run.against(host, home, "ls", "/x").out()).isEqualTo("a.txt\nb.txt\n");
  }

  @Test
  void theSecond_waits_andLooksWhatTheFirstHasStored() throws Exception {
    String up = home.resolve("up").toString();
    var others = new ArrayList<Process>();
    meanwhile =
        () -> {
          try {
            others.add(Run.process(host, home, "put", "put", "-r", up + "/.", "/x"));
            others.add(Run.process(host, home, "sync", "sync", up, ":/x"));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          for (String said : List.of("put", "sync")) {
            await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Files.readString(home.resolve(said)).contains("waiting"));
          }
        };
    assertThat(ended(Run.process(host, home, "first", "sync", up, ":/x"))).isZero();
    assertThat(ended(others.get(0))).as(Files.readString(home.resolve("put"))).isEqualTo(6);
    assertThat(ended(others.get(1))).as(Files.readString(home.resolve("sync"))).isZero();
    assertThat(Files.readString(home.resolve("put"))).contains("exists already");
    assertThat(Files.readString(home.resolve("sync"))).contains("0 done, 1 the same");
    assertThat(host.files().contents()).isEqualTo(Map.of("a.txt", List.of("a")));
  }
}
