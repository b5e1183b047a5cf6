package io.consigne.core.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.OnEachDatabase;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransfersTest extends OnEachDatabase {
  private static final AtomicLong ACCOUNTS = new AtomicLong(1_000_000);
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");

  private final TurnedTime time = new TurnedTime();
  private final List<Duration> waits = new ArrayList<>();
  private final LimitPolicy policy = new LimitPolicy(LimitTable.DEFAULT, null, time);
  private final Transfers transfers = opened();
  private final Payer free = Payer.of(new AccountId(ACCOUNTS.incrementAndGet()), Plan.FREE);

  TransfersTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private Transfers opened() {
    return new Transfers(policy, host.database, host.clock, this::await);
  }

  private void await(long nanos) {
    waits.add(Duration.ofNanos(nanos));
    time.advance(Duration.ofNanos(nanos));
  }

  private Transfer download(String file) {
    return transfers.begin(Direction.DOWNLOAD, free, file);
  }

  private void refused(String file, String why, Duration retryAfter) {
    assertThatThrownBy(() -> download(file))
        .isInstanceOfSatisfying(
            FailureException.class,
            refused ->
                assertThat(refused.failure())
                    .isEqualTo(new Failure.AllowanceUsed(why, retryAfter)));
  }

  @Test
  void freeAccount_downloadsOneFileAtATime() {
    Transfer first = download("a");
    refused("b", "With this plan you can only download 1 file at a time", Transfers.RETRY_AFTER);
    first.close();
    first.close();
    download("b").close();
    assertThat(transfers.count()).isZero();
  }

  @Test
  void rangesOfOneFile_areOneFile_untilTheyAreTooMany() {
    var ranges = new ArrayList<Transfer>();
    for (int i = 0; i < 4; i++) {
      ranges.add(download("a"));
    }
    refused(
        "a",
        "With this plan you can only download over 4 connections at a time",
        Transfers.RETRY_AFTER);
    ranges.removeLast().close();
    refused("b", "With this plan you can only download 1 file at a time", Transfers.RETRY_AFTER);
    ranges.forEach(Transfer::close);
    download("b").close();
  }

  @Test
  void uploads_othersAndAddresses_areCountedApart() {
    try (Transfer _ = download("a");
        Transfer _ = transfers.begin(Direction.UPLOAD, free, "b");
        Transfer _ = transfers.begin(Direction.DOWNLOAD, Payer.guest(HOME), "b");
        Transfer _ =
            transfers.begin(
                Direction.DOWNLOAD,
                Payer.of(new AccountId(ACCOUNTS.incrementAndGet()), Plan.FREE),
                "b")) {
      assertThat(transfers.count()).isEqualTo(4);
    }
    assertThat(transfers.count()).isZero();
  }

  @Test
  void threadsAtOnce_getOnlyWhatIsAllowed() throws Exception {
    Payer paying = Payer.of(new AccountId(ACCOUNTS.incrementAndGet()), Plan.PREMIUM);
    List<Integer> begun =
        AtOnce.run(
            64,
            () -> {
              try {
                var _ = transfers.begin(Direction.DOWNLOAD, paying, new Object());
                return 1;
              } catch (FailureException e) {
                return 0;
              }
            });
    assertThat(begun.stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
  }

  @Test
  void bytesOfTheDay_areUsedUp_overARestart_untilMidnight() {
    String used = "The 100,000,000,000 bytes that this plan can download in a day are used up";
    host.clock.advance(Duration.ofMinutes(90));
    try (Transfer transfer = download("a")) {
      transfer.moved(99_999_999_999L);
    }
    transfers.write();
    try (Transfer transfer = download("a")) {
      transfer.moved(1);
    }
    refused("a", used, Duration.ofMinutes(10 * 60 + 30));
    transfers.close();
    assertThatThrownBy(() -> opened().begin(Direction.DOWNLOAD, free, "a")).hasMessage(used);
    host.clock.advance(Duration.ofMinutes(10 * 60 + 30).minusMillis(1));
    refused("a", used, Duration.ofMillis(1));
    host.clock.advance(Duration.ofMillis(1));
    download("a").close();
  }

  /** One stranger could take all places for files that guests have. */
  @Test
  void guests_haveSoManyFilesADay_howeverSmallTheyAre() {
    Payer guest = Payer.guest(InetAddress.ofLiteral("198.51.100.9"));
    try (Transfer transfer = transfers.begin(Direction.UPLOAD, guest, "a")) {
      transfer.moved(2_500_000);
      transfer.fileEnded();
      for (int i = 0; i < 49_997; i++) {
        transfer.moved(i % 2);
        transfer.fileEnded();
      }
    }
    transfers.begin(Direction.UPLOAD, guest, "b").close();
    try (Transfer transfer = transfers.begin(Direction.UPLOAD, guest, "b")) {
      transfer.fileEnded();
    }
    assertThatThrownBy(() -> transfers.begin(Direction.UPLOAD, guest, "c"))
        .hasMessage("The 50,000,000,000 bytes that this plan can upload in a day are used up");
  }

  @Test
  void filesOfAccounts_countAsWhatTheyHave() {
    try (Transfer transfer = transfers.begin(Direction.UPLOAD, free, "a")) {
      transfer.fileEnded();
    }
    transfers.write();
    assertThat(rows()).isZero();
  }

  @Test
  void bytesOfPastDays_areForgotten() {
    try (Transfer transfer = download("a")) {
      transfer.moved(1);
    }
    transfers.write();
    assertThat(rows()).isEqualTo(1);
    host.clock.advance(Duration.ofDays(2));
    transfers.write();
    assertThat(rows()).isZero();
  }

  private long rows() {
    return host.number("SELECT COUNT(*) FROM transferred WHERE subject = ?", free.subject().name());
  }

  @Test
  void speed_isSharedByAllTransfers_andNotMadeUpForLater() {
    try (Transfer first = download("a");
        Transfer second = download("a")) {
      time.advance(Duration.ofHours(1));
      first.moved(10_000_000);
      assertThat(waits).isEmpty();
      first.moved(1_000_000);
      assertThat(waits).containsExactly(Duration.ofMillis(100));
      second.moved(5_000_000);
      assertThat(waits).containsExactly(Duration.ofMillis(100), Duration.ofMillis(500));
    }
  }

  @Test
  void payingPlans_haveNoSpeed_andLeaveNoRow() {
    Payer paying = Payer.of(new AccountId(ACCOUNTS.incrementAndGet()), Plan.GOLD);
    try (Transfer transfer = transfers.begin(Direction.DOWNLOAD, paying, "a")) {
      transfer.moved(Long.MAX_VALUE / 2);
    }
    transfers.write();
    assertThat(waits).isEmpty();
    assertThat(
            host.number(
                "SELECT COUNT(*) FROM transferred WHERE subject = ?", paying.subject().name()))
        .isZero();
  }

  /** With the real waiting: 10 hours at this speed, and the test would not end. */
  @Test
  void hurry_wakesWhoWaits() throws Exception {
    var real = new Transfers(policy, host.database, host.clock);
    try (Transfer transfer = real.begin(Direction.DOWNLOAD, free, "a")) {
      Thread waiting = Thread.ofVirtual().start(() -> transfer.moved(360_000_000_000L));
      real.hurry();
      assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void interruption_endsTheWait() throws Exception {
    var real = new Transfers(policy, host.database, host.clock);
    var thrown = new ArrayList<Throwable>();
    try (Transfer transfer = real.begin(Direction.DOWNLOAD, free, "a")) {
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  transfer.moved(360_000_000_000L);
                } catch (UncheckedIOException e) {
                  thrown.add(e);
                }
              });
      waiting.interrupt();
      assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(thrown).hasSize(1);
  }

  @Test
  void off_limitsNothing() {
    var off = new Transfers(LimitPolicy.OFF, host.database, host.clock);
    for (int i = 0; i < 1000; i++) {
      off.begin(Direction.DOWNLOAD, free, i).moved(Long.MAX_VALUE);
    }
    assertThat(off.count()).isZero();
  }
}
