package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Caller;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import io.consigne.core.testing.Refusal;
import io.consigne.core.uploads.Checkpoint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who runs what: two nodes on one queue, of which neither runs anything by itself. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class FetchQueueTest {
  private final TestDatabases.Kind kind;
  @TempDir Path directory;
  private RemoteScene scene;
  private FetchQueue one;
  private FetchQueue other;

  @SuppressWarnings("NullAway.Init")
  FetchQueueTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    scene = new RemoteScene(kind, directory, 1);
    scene.domain.remote().close();
    one = queue("one");
    other = queue("other");
  }

  private FetchQueue queue(String node) {
    return new FetchQueue(
        scene.database, scene.clock, LimitPolicy.of(LimitTable.DEFAULT), node, false);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Access asking(Plan plan, int sources) {
    Access access = scene.account(plan);
    scene.add(access, IntStream.range(0, sources).mapToObj(i -> URL + i).toArray(String[]::new));
    return access;
  }

  @Test
  void plan_boundsHowManyRunAtOnce() {
    asking(Plan.FREE, 3);
    asking(Plan.PREMIUM, 8);
    assertThat(one.claim(100)).hasSize(1 + 5);
    assertThat(one.claim(100)).isEmpty();
  }

  @Test
  void accounts_takeTurns_howeverMuchOneAsksFor() {
    Access greedy = asking(Plan.GOLD, 50);
    Access modest = asking(Plan.FREE, 1);
    List<Claim> claims = one.claim(4);
    assertThat(claims).hasSize(4);
    assertThat(claims)
        .extracting(claim -> claim.access().account())
        .contains(greedy.account(), modest.account());
  }

  @Test
  void claim_isOfOneNodeAlone() {
    asking(Plan.GOLD, 10);
    var all = new ArrayList<Claim>(one.claim(4));
    all.addAll(other.claim(100));
    assertThat(all).hasSize(10);
    assertThat(all).extracting(Claim::id).doesNotHaveDuplicates();
  }

  @Test
  void nodeThatIsSilent_losesItsFetches_andCannotEndThem() {
    asking(Plan.GOLD, 1);
    Claim lost = one.claim(1).getFirst();
    scene.clock.advance(Duration.ofSeconds(61));
    assertThat(takeOverSilent()).isEqualTo(1);
    Claim taken = other.claim(1).getFirst();
    assertThat(taken.id()).isEqualTo(lost.id());
    assertThat(taken.attempts()).as("it may have been the fetch").isEqualTo(1);
    assertThat(one.beat(List.of(beat(lost)))).containsExactly(lost);
    assertThat(Refusal.of(() -> one.failed(lost, "too late"))).isInstanceOf(Failure.Conflict.class);
    assertThat(other.beat(List.of(beat(taken)))).isEmpty();
  }

  private int takeOverSilent() {
    return other.takeOverSilent(Duration.ofMinutes(1), _ -> Duration.ZERO);
  }

  /** A fetch that killed the only host did so again and again, right after each start. */
  @Test
  void cutOff_countsAsATry_andWaits() {
    asking(Plan.GOLD, 1);
    for (int start = 1; start <= 3; start++) {
      assertThat(one.claim(1)).hasSize(1);
      one = queue("one");
      assertThat(one.takeOver(Duration::ofMinutes)).isEqualTo(1);
      assertThat(one.nextDue()).hasValue(scene.clock.instant().plus(Duration.ofMinutes(start)));
      scene.clock.advance(Duration.ofMinutes(start));
    }
    assertThat(one.claim(1).getFirst().attempts()).isEqualTo(3);
  }

  /** What had come for hours was given up when the database had failed eight times in that time. */
  @Test
  void partThatIsSafe_makesUpForTriesBefore() {
    asking(Plan.GOLD, 1);
    Claim claim = one.claim(1).getFirst();
    one.later(claim, 7, scene.clock.instant(), "later");
    Claim eighth = one.claim(1).getFirst();
    assertThat(eighth.attempts()).isEqualTo(7);
    var place = new Checkpoint("part", 70);
    one.checkpoint(eighth, new Claim.Partial(place, 1, "tag", "name", OptionalLong.of(100)));
    scene.clock.advance(Duration.ofSeconds(61));
    assertThat(takeOverSilent()).isEqualTo(1);
    assertThat(one.claim(1).getFirst().attempts()).isEqualTo(1);
  }

  @Test
  void nodeThatBeats_keepsItsFetches() {
    asking(Plan.GOLD, 1);
    Claim claim = one.claim(1).getFirst();
    for (int i = 0; i < 5; i++) {
      scene.clock.advance(Duration.ofSeconds(30));
      assertThat(one.beat(List.of(beat(claim)))).isEmpty();
      assertThat(takeOverSilent()).isZero();
    }
  }

  @Test
  void start_takesUpWhatAnEarlierRunOfThisNodeWasAt_andNothingElse() {
    asking(Plan.GOLD, 2);
    Claim claim = one.claim(1).getFirst();
    Claim foreign = other.claim(1).getFirst();
    reserve(claim, 70);
    assertThat(queue("one").takeOver(_ -> Duration.ZERO)).isEqualTo(1);
    assertThat(scene.reserved(claim.access())).isZero();
    assertThat(one.claim(5)).extracting(Claim::id).containsExactly(claim.id());
    assertThat(other.beat(List.of(beat(foreign)))).isEmpty();
  }

  @Test
  void reservation_isCountedOnce_andGivenBackOnce() {
    asking(Plan.GOLD, 1);
    Claim claim = one.claim(1).getFirst();
    reserve(claim, 70);
    reserve(claim, 100);
    assertThat(scene.reserved(claim.access())).isEqualTo(100);
    one.later(claim, 1, scene.clock.instant(), "later");
    assertThat(scene.reserved(claim.access())).isZero();
    assertThat(Refusal.of(() -> one.later(claim, 1, scene.clock.instant(), "again")))
        .isInstanceOf(Failure.Conflict.class);
    assertThat(scene.reserved(claim.access())).isZero();
  }

  /** Once the one owner kept what was reserved for good, and the other was given it back, too. */
  @Test
  void reservation_movesAsAWhole_whenAnotherOwnsTheFile() {
    Access bob = scene.account(Plan.PREMIUM);
    asking(Plan.GOLD, 1);
    Claim claim = one.claim(1).getFirst();
    reserve(claim, 70);
    scene.database.change(sql -> {
      one.reserve(sql, claim, bob.account(), 100);
    });
    assertThat(scene.reserved(claim.access())).isZero();
    assertThat(scene.reserved(bob)).isEqualTo(100);
    one.later(claim, 1, scene.clock.instant(), "later");
    assertThat(scene.reserved(claim.access())).isZero();
    assertThat(scene.reserved(bob)).isZero();
  }

  @Test
  void fetch_isNotClaimed_beforeItsTime() {
    asking(Plan.GOLD, 1);
    Claim claim = one.claim(1).getFirst();
    one.later(claim, 1, scene.clock.instant().plusSeconds(10), "later");
    assertThat(one.claim(1)).isEmpty();
    assertThat(one.nextDue()).hasValue(scene.clock.instant().plusSeconds(10));
    scene.clock.advance(Duration.ofSeconds(10));
    Claim second = one.claim(1).getFirst();
    assertThat(second.number()).isEqualTo(claim.number() + 1);
    assertThat(second.attempts()).isEqualTo(1);
  }

  @Test
  void accountThatIsClosed_waits() {
    Access access = asking(Plan.GOLD, 1);
    scene.domain.accounts().setDisabled(access.account(), true);
    assertThat(one.claim(1)).isEmpty();
    scene.domain.accounts().setDisabled(access.account(), false);
    assertThat(one.claim(1)).hasSize(1);
  }

  /** Once such a row kept the whole queue from being claimed. */
  @Test
  void callerAtALinkLocalAddress_isReadAlsoOnAHostWithoutThatLink() throws UnknownHostException {
    byte[] address = InetAddress.ofLiteral("fe80::1").getAddress();
    var there = new Caller(Inet6Address.getByAddress(null, address, 1), "test");
    scene.add(scene.account(Plan.GOLD).from(there), URL);
    assertThat(asked("fe80:0:0:0:0:0:0:1")).isEqualTo(1);
    scene.database.change(
        sql -> sql.update("UPDATE remote_requests SET address = 'fe80:0:0:0:0:0:0:1%gone0'"));
    assertThat(one.claim(1).getFirst().access().callerOrNull())
        .isEqualTo(new Caller(InetAddress.ofLiteral("fe80::1"), "test"));
  }

  private long asked(String address) {
    return scene.number("SELECT COUNT(*) FROM remote_requests WHERE address = ?", address);
  }

  private void reserve(Claim claim, long bytes) {
    scene.database.change(sql -> {
      one.reserve(sql, claim, claim.access().account(), bytes);
    });
  }

  private static FetchQueue.Beat beat(Claim claim) {
    return new FetchQueue.Beat(claim, new FetchProgress(() -> 0, null));
  }
}
