package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What runs at 1fichier.com ask before they remove, where each question takes long. */
@SuppressWarnings("NullAway.Init") // set before each test
final class SlowLooksTest extends SyncScene {
  private static final String LIST = "/v1/folder/ls.cgi";

  /** What one call lists. */
  private static final int LISTED = 5_000;

  private final VirtualTiming timing = new VirtualTiming();
  private volatile Function<String, Fault> script = _ -> Fault.NONE;
  private StandIn host;

  @Override
  ClientConfig start() throws IOException {
    host = new StandIn(timing.truth(), path -> script.apply(path));
    return ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
        .with(Limits.DOCUMENTED)
        .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
        .with(new TransferLimits(500, 8 << 20, 256 << 20, 1, 1, 8_192, 300_000_000_000L))
        .stateIn(directory.resolve("state"));
  }

  @Override
  void stop() throws IOException {
    assertThat(host.watch().broken()).isEmpty();
    host.close();
  }

  @Override
  int downloads() {
    return 1;
  }

  @Override
  Duration age() {
    return Duration.ofSeconds(30);
  }

  @Override
  void expireListings() {
    timing.sleep(Duration.ofMinutes(6));
  }

  private void writeMany(int files, String path, String text) throws IOException {
    for (int i = 1; i <= files; i++) {
      write(path.formatted(i), text + i);
    }
  }

  private FolderId top() throws IOException {
    return listings.folders().make("Backup/of me", age()).id();
  }

  /** While somebody stored a large file in it, it was listed for each of the folders inside. */
  @Test
  void folderThatIsBeingChanged_isNotAskedFor_byThoseInside() throws IOException {
    for (int i = 1; i <= 10; i++) {
      writeMany(4, "folder %d/f%%d".formatted(i), "old");
    }
    run(planUp(false));
    for (int i = 1; i <= 10; i++) {
      writeMany(4, "folder %d/f%%d".formatted(i), "newer");
    }
    expireListings();
    Plan plan = planUp(false);
    timing.sleep(age().plusSeconds(1));
    host.seen().clear();
    Outcome outcome = listings.files().change(top(), () -> run(plan));
    assertThat(outcome.failed()).isEmpty();
    assertThat(host.seen(LIST)).isEqualTo(10);
    expireListings();
    assertThat(remote()).isEqualTo(localContents());
  }

  /** It was listed for each 500 of them. */
  @Test
  void folderOfManyChanges_isListedAFewTimes() throws IOException {
    writeMany(1_500, "f%d", "old");
    run(planUp(false));
    writeMany(1_500, "f%d", "newer");
    expireListings();
    Plan plan = planUp(false);
    host.seen().clear();
    script =
        path -> {
          if (path.equals("/upload.cgi")) {
            timing.sleep(age().plusSeconds(1));
          }
          return Fault.NONE;
        };
    Outcome outcome = run(plan);
    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.done()).hasSize(1_500);
    assertThat(host.seen(LIST)).isEqualTo(2);
    assertThat(host.files().contents()).hasSize(1_500);
    assertThat(host.files().contents().values()).allMatch(of -> of.size() == 1);
  }

  /** From now on there are so many that all came in one second that the host lists no others. */
  private void flood() throws IOException {
    Instant same = timing.now();
    long folder = top().value();
    for (int i = 1; i <= LISTED; i++) {
      host.files().put(folder, "other" + i, same);
    }
    timing.sleep(age().plusSeconds(1));
  }

  /** It was called done, and both were there. */
  @Test
  void whatIsReplaced_ofWhichTheHostDoesNotTell_isNamed() throws IOException {
    writeMany(25, "f%02d", "old");
    run(planUp(false));
    writeMany(25, "f%02d", "newer");
    expireListings();
    Plan plan = planUp(false);
    flood();
    Outcome outcome = run(plan);
    assertThat(outcome.done()).hasSize(20);
    assertThat(outcome.failed())
        .extracting(Outcome.Failed::reason)
        .hasSize(5)
        .containsOnly(
            "it is stored, beside what it replaces: the host does not list all files there");
  }

  /** Somebody was said to have moved them. */
  @Test
  void whatIsDeleted_ofWhichTheHostDoesNotTell_staysAndIsNamed() throws IOException {
    writeMany(24, "f%02d", "old");
    run(planUp(false));
    for (int i = 1; i <= 24; i++) {
      Files.delete(local.resolve("f%02d".formatted(i)));
    }
    expireListings();
    Plan plan = planUp(true);
    flood();
    Outcome outcome = run(plan);
    assertThat(outcome.done()).hasSize(20);
    assertThat(outcome.failed())
        .extracting(Outcome.Failed::reason)
        .hasSize(4)
        .containsOnly("left, since the host does not list all files of its folder");
    assertThat(List.copyOf(host.files().contents().keySet())).hasSize(LISTED + 4);
  }
}
