package io.consigne.client.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.model.FloodState;
import io.consigne.client.model.Limit;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.Refusal.Scope;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.UsedUp;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.VirtualTiming;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for what, and that all processes wait for the same. */
class BudgetTest {
  private static final Map<Limit, String> CALL = Map.of(Limit.CALL, "");
  private static final Map<Limit, String> FOLDER = Map.of(Limit.CALL, "", Limit.FOLDER, "7");

  private final VirtualTiming timing = new VirtualTiming();
  private final Instant start = timing.now();

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("deep").resolve("host.budget");
  }

  private Budget budget(String account, Limits limits, Duration longest) {
    var waiting = new Waiting(timing, longest, Waits.UNSEEN);
    return new Budget(file(), account, limits, waiting);
  }

  private Budget budget(String account) {
    return budget(account, Limits.DOCUMENTED, Duration.ofHours(2));
  }

  private Duration passed() {
    return Duration.between(start, timing.now());
  }

  private static Refusal.Flood flood(Scope scope, Duration named) {
    return new Refusal.Flood(new Said(403, "Flood detected"), scope, named);
  }

  @Test
  void documentedLimits_areThese() {
    assertThat(Limits.DOCUMENTED.intervals())
        .containsOnly(
            Map.entry(Limit.CALL, Duration.ofMillis(400)),
            Map.entry(Limit.FOLDER, Duration.ofSeconds(30)),
            Map.entry(Limit.ALL_FILES, Duration.ofHours(1)),
            Map.entry(Limit.ACCOUNT, Duration.ofMinutes(5)),
            Map.entry(Limit.ACCOUNTS_OF_ADDRESS, Duration.ofMinutes(1)));
  }

  @Test
  void calls_areSpaced_acrossBudgetsOfOneFile() throws IOException {
    for (int i = 0; i < 5; i++) {
      budget("alice").await(CALL);
      budget("bob").await(CALL);
    }
    assertThat(passed()).isEqualTo(Duration.ofMillis(9 * 400));
  }

  @Test
  void folder_isListedOnceIn30Seconds_byEachAccount() throws IOException {
    budget("alice").await(FOLDER);
    budget("bob").await(FOLDER);
    assertThat(passed()).isEqualTo(Duration.ofMillis(400));
    budget("alice").await(FOLDER);
    assertThat(passed()).isEqualTo(Duration.ofSeconds(30));
  }

  /** It took the next place among all calls, half a minute ahead: everybody waited for it. */
  @Test
  void waitForAFolder_keepsNobodyElseWaiting() throws Exception {
    budget("alice").await(FOLDER);
    var waits = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Timing patient =
        new Timing() {
          @Override
          public Instant now() {
            return timing.now();
          }

          @Override
          public void sleep(Duration time) throws InterruptedIOException {
            waits.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException("interrupted while it waited");
            }
            timing.sleep(time);
          }
        };
    var waiting = new Waiting(patient, Duration.ofHours(2), Waits.UNSEEN);
    var waiter = new Budget(file(), "alice", Limits.DOCUMENTED, waiting);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> listing =
          threads.submit(() -> {
            waiter.await(FOLDER);
            return "listed";
          });
      assertThat(waits.await(1, TimeUnit.MINUTES)).isTrue();
      budget("bob").await(CALL);
      assertThat(passed()).isEqualTo(Duration.ofMillis(400));
      goOn.countDown();
      assertThat(listing.get(1, TimeUnit.MINUTES)).isEqualTo("listed");
    }
    assertThat(passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void waitThatIsTooLong_isRefused_andReservesNothing() throws IOException {
    Map<Limit, String> all = Map.of(Limit.ALL_FILES, "");
    Budget budget = budget("alice", Limits.DOCUMENTED, Duration.ofMinutes(1));
    budget.await(all);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> budget.await(all))
          .isInstanceOf(RefusedException.class)
          .hasMessage("the host's limits allow this again in 3600 s");
    }
    budget.await(CALL);
    assertThat(passed()).isZero();
  }

  @Test
  void flood_stopsEverybody_longerEachTime() throws IOException {
    var waits = new ArrayList<Long>();
    for (int i = 0; i < 6; i++) {
      Instant before = timing.now();
      budget("alice").flooded(flood(Scope.ADDRESS, Duration.ZERO));
      // The echo of the same lock counts once.
      budget("bob").flooded(flood(Scope.ADDRESS, Duration.ZERO));
      budget("bob").await(Map.of());
      waits.add(Duration.between(before, timing.now()).toSeconds());
    }
    assertThat(waits).containsExactly(30L, 120L, 300L, 600L, 900L, 900L);
  }

  /** The same answer announces that nothing is left for a second: that is no flood before it. */
  @Test
  void floodThatAnnouncesLess_locksAsLongAsItSays() throws IOException {
    budget("alice").close(new UsedUp("default", Duration.ofSeconds(1)));
    budget("alice").flooded(flood(Scope.ADDRESS, Duration.ofSeconds(90)));
    assertThat(budget("alice").flood()).isEqualTo(new FloodState(Duration.ofSeconds(90), 1));
  }

  @Test
  void longerFlood_isNotHiddenByAShorterOne() throws IOException {
    budget("alice").flooded(flood(Scope.ACCOUNT, Duration.ZERO));
    budget("alice").flooded(flood(Scope.ADDRESS, Duration.ofHours(1)));
    assertThat(budget("alice").flood()).isEqualTo(new FloodState(Duration.ofHours(1), 2));
    budget("bob").await(CALL);
    assertThat(passed()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void echoOfAFlood_mayLengthenIt_andNeverShortensIt() throws IOException {
    budget("alice").flooded(flood(Scope.ADDRESS, Duration.ofSeconds(30)));
    budget("alice").flooded(flood(Scope.ADDRESS, Duration.ofSeconds(5)));
    assertThat(budget("alice").flood()).isEqualTo(new FloodState(Duration.ofSeconds(30), 1));
    timing.sleep(Duration.ofSeconds(10));
    budget("alice").flooded(flood(Scope.ADDRESS, Duration.ZERO));
    assertThat(budget("alice").flood()).isEqualTo(new FloodState(Duration.ofSeconds(20), 1));
    budget("alice").flooded(flood(Scope.ADDRESS, Duration.ofSeconds(60)));
    assertThat(budget("alice").flood()).isEqualTo(new FloodState(Duration.ofSeconds(60), 1));
    timing.sleep(Duration.ofSeconds(60));
    budget("alice").flooded(flood(Scope.ADDRESS, Duration.ofSeconds(7)));
    assertThat(budget("alice").flood()).isEqualTo(new FloodState(Duration.ofSeconds(7), 2));
  }

  @Test
  void floodWithinALongerAnnouncement_endsWithIt() throws IOException {
    budget("alice").close(new UsedUp("default", Duration.ofMinutes(5)));
    budget("alice").flooded(flood(Scope.ADDRESS, Duration.ofSeconds(3)));
    assertThat(budget("alice").flood()).isEqualTo(new FloodState(Duration.ofMinutes(5), 1));
  }

  @Test
  void floodOfAccount_leavesOthersAlone() throws IOException {
    budget("alice").flooded(flood(Scope.ACCOUNT, Duration.ZERO));
    budget("bob").await(Map.of());
    assertThat(passed()).isZero();
    budget("alice").await(Map.of());
    assertThat(passed()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void afterFlood_callsAreFurtherApart_untilItIsForgotten() throws IOException {
    budget("alice").flooded(flood(Scope.ADDRESS, Duration.ofSeconds(10)));
    budget("alice").await(CALL);
    assertThat(passed()).isEqualTo(Duration.ofSeconds(10));
    budget("alice").await(CALL);
    assertThat(passed()).isEqualTo(Duration.ofMillis(10_800));
    timing.sleep(Duration.ofMinutes(11));
    Duration before = passed();
    budget("alice").await(CALL);
    budget("alice").await(CALL);
    assertThat(passed().minus(before)).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void announcedLimits_costNothing_untilTheHostSaysSo() throws IOException {
    Budget budget = budget("alice", Limits.ANNOUNCED, Duration.ofHours(1));
    for (int i = 0; i < 100; i++) {
      budget.await(FOLDER);
    }
    assertThat(passed()).isZero();
    assertThat(file()).doesNotExist();
    budget.close(new UsedUp("default", Duration.ofSeconds(7)));
    budget("bob", Limits.ANNOUNCED, Duration.ofHours(1)).await(CALL);
    assertThat(passed()).isEqualTo(Duration.ofSeconds(7));
  }

  /**
   * What is left of the listing of all files says nothing about other calls, nor other accounts.
   */
  @Test
  void limitOfOneKind_holdsForThatKindAlone() throws IOException {
    Budget budget = budget("alice", Limits.ANNOUNCED, Duration.ofHours(2));
    budget.close(new UsedUp("account-all-files", Duration.ofHours(1)));
    budget.close(new UsedUp("account-user-info", Duration.ofMinutes(5)));
    budget.close(new UsedUp("address-upload", Duration.ofMinutes(1)));
    budget.await(FOLDER);
    budget("bob", Limits.ANNOUNCED, Duration.ofHours(2)).await(Map.of(Limit.ALL_FILES, ""));
    assertThat(passed()).isZero();
    assertThat(budget.flood()).isEqualTo(new FloodState(Duration.ZERO, 0));
    assertThat(budget.closedFor(Limit.ACCOUNT)).isEqualTo(Duration.ofMinutes(5));
    budget.await(Map.of(Limit.ACCOUNT, ""));
    assertThat(passed()).isEqualTo(Duration.ofMinutes(5));
    budget.await(Map.of(Limit.ALL_FILES, ""));
    assertThat(passed()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void limitOfAnAccount_leavesOthersAlone() throws IOException {
    budget("alice").close(new UsedUp("account", Duration.ofSeconds(9)));
    budget("bob").await(Map.of());
    assertThat(passed()).isZero();
    budget("alice").await(Map.of());
    assertThat(passed()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void tornFileAndWrongClock_blockNobody() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "lock 99999999999999\ncall\u0000 12x\nfolder:al");
    budget("alice").await(FOLDER);
    assertThat(passed()).isZero();
  }

  @Test
  void unwritableDirectory_stillSpacesCalls() throws IOException {
    Files.writeString(directory.resolve("deep"), "a file where a directory is due");
    Budget budget = budget("alice");
    budget.await(CALL);
    budget.await(CALL);
    assertThat(passed()).isEqualTo(Duration.ofMillis(400));
  }

  /** Three processes, 20 calls each, in real time: no two of the 60 are closer than allowed. */
  @Test
  void processes_shareOneBudget() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Caller.class.getName(),
                  file().toString())
              .redirectError(new File(directory.toFile(), "errors" + i))
              .start());
    }
    var reserved = new ArrayList<Long>();
    for (Process process : processes) {
      process.inputReader().lines().map(Long::valueOf).forEach(reserved::add);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(reserved).hasSize(60);
    List<Long> sorted = reserved.stream().sorted().toList();
    // A process may be late for its slot, so the last of ten may come closer to the first.
    for (int i = 10; i < sorted.size(); i++) {
      assertThat(sorted.get(i) - sorted.get(i - 10)).isGreaterThanOrEqualTo(10 * 20 - 60);
    }
  }

  /** A process that makes 20 calls, and prints the slot that each got. */
  static final class Caller {
    private Caller() {}

    public static void main(String[] args) throws IOException {
      var slots = new ArrayList<Long>();
      var waiting = new Waiting(Timing.SYSTEM, Duration.ofMinutes(1), Waits.UNSEEN);
      var limits = new Limits(Map.of(Limit.CALL, Duration.ofMillis(20)));
      var budget = new Budget(Path.of(args[0]), "alice", limits, waiting);
      for (int i = 0; i < 20; i++) {
        budget.await(CALL);
        slots.add(System.currentTimeMillis());
      }
      slots.forEach(System.out::println);
    }
  }
}
