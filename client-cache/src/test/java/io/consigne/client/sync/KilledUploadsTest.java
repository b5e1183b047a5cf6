package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.cache.Remembered;
import io.consigne.client.model.FolderId;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferLimits;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that ends between the bytes of an upload and its report, at a host that lists late what it
 * has stored: the next run stores nothing twice.
 */
class KilledUploadsTest extends KilledRuns {
  @ParameterizedTest
  @EnumSource(Last.class)
  void whatWasStored_isFoundByItsReport(Last last) throws IOException {
    try (StandIn host = standIn()) {
      script = killedAt(last.path, last.fault);
      runIsKilled(host);
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.listings.remembered().values())
            .hasSize(3)
            .extracting(Remembered::sha256)
            .doesNotContainNull();
        assertThat(next.sync().done()).isEmpty();
        long reports = host.seen(REPORT);
        assertThat(next.settle()).isEmpty();
        assertThat(host.seen(REPORT)).as("it is settled").isEqualTo(reports);
      }
      isThereOnce(host);
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  /** The report comes when the next process has waited for it. */
  @Test
  void reportThatComesLate_isWaitedFor() throws IOException {
    try (StandIn host = standIn()) {
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      script =
          path -> path.equals(REPORT) && host.seen(REPORT) < 4 ? Fault.LATE_REPORT : Fault.NONE;
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
      }
      isThereOnce(host);
    }
  }

  /** The report is gone, or its server is: the listing is waited for, for a bounded time. */
  @ParameterizedTest
  @CsvSource({"60, true", "240, false"})
  void withoutAReport_theListingDecides(int lateSeconds, boolean inTime) throws IOException {
    try (StandIn host = standIn()) {
      host.files().listingsAreLate(Duration.ofSeconds(lateSeconds));
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      script = path -> path.equals(REPORT) ? Fault.BAD_GATEWAY : Fault.NONE;
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        Outcome outcome = next.sync();
        assertThat(outcome.done()).isEmpty();
        assertThat(outcome.failed()).hasSize(inTime ? 0 : 3);
        timing.sleep(TransferLimits.LISTED_LATE);
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
      }
      isThereOnce(host);
    }
  }

  /**
   * The host has nothing; nobody can tell it from what it does not list yet, for five minutes. It
   * was sent after one.
   */
  @Test
  void whatWasNotStored_isInDoubt_andSentThen() throws IOException {
    try (StandIn host = standIn()) {
      script = killedAt(UPLOAD, Fault.CUT);
      runIsKilled(host);
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().failed())
            .extracting(Outcome.Failed::reason)
            .allMatch(reason -> reason.contains("does not tell yet what became of it"))
            .hasSize(3);
        timing.sleep(TransferLimits.LISTED_LATE);
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).hasSize(3);
      }
      isThereOnce(host);
    }
  }

  /** What is still missing when the host must have listed it is not there: nothing is said. */
  @Test
  void longAfterwards_theReportIsAskedForOnce() throws IOException {
    try (StandIn host = standIn()) {
      script = killedAt(UPLOAD, Fault.CUT);
      runIsKilled(host);
      timing.sleep(Duration.ofMinutes(10));
      try (var next = new Session(host)) {
        long reports = host.seen(REPORT);
        assertThat(next.settle()).isEmpty();
        assertThat(host.seen(REPORT)).isEqualTo(reports + 1);
        assertThat(next.sync().done()).hasSize(3);
      }
      isThereOnce(host);
    }
  }

  /** Name, size and report had to do; the Whirlpool of what went out is known here now. */
  @Test
  void otherBytesThanWereSent_areNotTakenForThem() throws IOException {
    try (StandIn host = standIn()) {
      host.files().storeOtherBytes(true);
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      host.files().storeOtherBytes(false);
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.listings.remembered()).as("none of them is what was sent").isEmpty();
        assertThat(next.sync().done()).hasSize(3);
      }
    }
  }

  @Test
  void whatIsListed_isNotAskedAfter() throws IOException {
    try (StandIn host = standIn()) {
      host.files().listingsAreLate(Duration.ZERO);
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      try (var next = new Session(host)) {
        long reports = host.seen(REPORT);
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
        assertThat(host.seen(REPORT)).isEqualTo(reports);
      }
      isThereOnce(host);
    }
  }

  /** The file that is replaced has the size of its successor: it is none. */
  @Test
  void whatIsReplaced_isNotTakenForItsSuccessor() throws IOException {
    try (StandIn host = standIn()) {
      host.files().listingsAreLate(Duration.ZERO);
      try (var before = new Session(host)) {
        before.sync();
      }
      timing.sleep(Duration.ofMinutes(10));
      host.files().listingsAreLate(LATE);
      Files.writeString(directory.resolve("local/a.txt"), "THE BYTES OF a.txt");
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        next.sync();
      }
      assertThat(host.files().contents()).containsEntry("a.txt", List.of("THE BYTES OF a.txt"));
    }
  }

  /** Most runs are killed while bytes go out: no host has anything of that, and nobody waits. */
  @Test
  void bytesThatWereCutOff_areNotAskedAfter() throws IOException {
    try (StandIn host = standIn()) {
      try (var first = new Session(host)) {
        var source = new UploadSource("a.txt", 2_000_000, null, this::endless);
        assertThatThrownBy(() ->
                first
                    .listings
                    .files()
                    .store(
                        FolderId.ROOT,
                        uploads -> uploads.send(FolderId.ROOT, List.of(source), Progress.UNSEEN)))
            .isInstanceOf(Killed.class);
      }
      dead = false;
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
      }
      assertThat(host.seen(REPORT)).isZero();
    }
  }

  private InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return read(new byte[1], 0, 1);
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        dead = true;
        throw new Killed();
      }
    };
  }

  @Test
  void uploadOfALivingProcess_isLeftAlone() throws IOException {
    var asked = new AtomicReference<List<String>>();
    try (StandIn host = standIn();
        var other = new Session(host);
        var first = new Session(host)) {
      script =
          path -> {
            if (path.equals(REPORT) && asked.get() == null) {
              long before = host.seen().size();
              asked.set(settled(other));
              assertThat(host.seen()).as("nothing is asked").hasSize((int) before);
            }
            return Fault.NONE;
          };
      assertThat(first.sync().done()).hasSize(3);
      assertThat(asked.get()).isEmpty();
      assertThat(host.failures()).isEmpty();
      isThereOnce(host);
    }
  }

  private static List<String> settled(Session process) {
    try {
      return process.settle();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
