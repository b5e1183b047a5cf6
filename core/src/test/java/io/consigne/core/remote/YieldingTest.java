package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.AccountId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever runs most does not keep everybody else waiting. */
class YieldingTest {
  private static final RemoteLimits SLOW_SOON =
      new RemoteLimits(
          RemoteScene.QUICK.asking(),
          RemoteScene.QUICK.history(),
          RemoteScene.QUICK.retries(),
          RemoteScene.QUICK.beats(),
          RemoteScene.QUICK.receiving(),
          RemoteScene.QUICK.turn(),
          new RemoteLimits.Places(Duration.ofMillis(50), Duration.ofMillis(300), 10 << 20));
  private static final AccountId MANY = new AccountId(1);
  private static final AccountId ONE = new AccountId(2);
  private static final AccountId THIRD = new AccountId(3);

  @TempDir Path directory;

  /** Two sources of one account that dripped held all places for as long as they liked. */
  @ParameterizedTest
  @EnumSource
  void accountThatRunsNothing_getsAPlace_andWhatYieldedGoesOn(TestDatabases.Kind kind)
      throws InterruptedException {
    byte[] large = bytes(1, 1_000_000);
    try (var scene = new RemoteScene(kind, directory, 2)) {
      Access alice = scene.account(Plan.PREMIUM);
      Access bob = scene.account(Plan.PREMIUM);
      ScriptedSources.Source first = scene.sources.serve(URL, large).heldAt(500_000);
      ScriptedSources.Source second = scene.sources.serve(URL + 2, large).heldAt(500_000);
      long older = scene.add(alice, URL);
      first.awaitHeld();
      long newer = scene.add(alice, URL + 2);
      second.awaitHeld();
      scene.sources.serve(URL + 3, bytes(2, 1_000));
      long waiting = scene.add(bob, URL + 3);
      scene.await(bob, waiting, FetchState.DONE);
      FetchInfo yielded = scene.fetch(alice, older);
      assertThat(yielded.state()).isEqualTo(FetchState.QUEUED);
      assertThat(yielded.attempts()).isZero();
      assertThat(scene.fetch(alice, newer).state()).isEqualTo(FetchState.RUNNING);
      first.release();
      scene.clock.advance(RemoteScene.QUICK.retries().pauses().first());
      FetchInfo done = scene.await(alice, older, FetchState.DONE);
      assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(large);
      assertThat(scene.sources.requests(URL))
          .extracting(request -> request.offset())
          .containsExactly(0L, 500_000L);
      second.release();
      scene.await(alice, newer, FetchState.DONE);
    }
  }

  /** Each of many accounts with a source that drips held a place for as long as it liked. */
  @ParameterizedTest
  @EnumSource
  void onlyFetch_thatWouldBeginAnew_yieldsWhenItsSourceIsSlow(TestDatabases.Kind kind)
      throws InterruptedException {
    try (var scene = new RemoteScene(kind, directory, 1, SLOW_SOON)) {
      Access alice = scene.account(Plan.PREMIUM);
      Access bob = scene.account(Plan.PREMIUM);
      ScriptedSources.Source drip =
          scene.sources.serve(URL, bytes(1, 1_000_000)).withoutRanges().heldAt(500_000);
      long slow = scene.add(alice, URL);
      drip.awaitHeld();
      scene.sources.serve(URL + 2, bytes(2, 1_000));
      scene.await(bob, scene.add(bob, URL + 2), FetchState.DONE);
      FetchInfo cutOff = scene.awaitFailedTry(alice, slow, 1);
      assertThat(cutOff.reason())
          .isEqualTo("The source sends too slowly while others wait for a place");
    }
  }

  /** A source of 500 bytes a second began anew each minute, as long as others waited. */
  @ParameterizedTest
  @EnumSource
  void littleThatCame_isNotLost(TestDatabases.Kind kind) throws InterruptedException {
    byte[] file = bytes(1, 1_000_000);
    try (var scene = new RemoteScene(kind, directory, 1)) {
      Access alice = scene.account(Plan.PREMIUM);
      Access bob = scene.account(Plan.PREMIUM);
      ScriptedSources.Source drip = scene.sources.serve(URL, file).heldAt(500_000);
      long slow = scene.add(alice, URL);
      for (long at = 500_000; at < 500_003; at++) {
        drip.awaitHeld();
        String quick = URL + at;
        scene.sources.serve(quick, bytes(2, 1_000));
        scene.await(bob, scene.add(bob, quick), FetchState.DONE);
        drip.heldAt(at + 1);
        scene.clock.advance(RemoteScene.QUICK.retries().pauses().first());
      }
      drip.release();
      FetchInfo done = scene.await(alice, slow, FetchState.DONE);
      assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(file);
      assertThat(scene.sources.requests(URL))
          .extracting(request -> request.offset())
          .containsExactly(0L, 500_000L, 500_001L, 500_002L);
    }
  }

  @Test
  void drip_isWhatSendsLessThanThatInThatTime() {
    var limits = new RemoteLimits.Places(Duration.ZERO, Duration.ofNanos(10), 100);
    var drip = new Drip(limits, 1_000, 50);
    assertThat(drip.isSlow(1_009, 149)).isFalse();
    assertThat(drip.isSlow(1_010, 149)).isTrue();
    assertThat(drip.isSlow(1_011, 150)).as("it came at last").isFalse();
    assertThat(drip.isSlow(1_020, 249)).isFalse();
    assertThat(drip.isSlow(1_021, 249)).isTrue();
    assertThat(drip.isSlow(1_022, 0)).as("it began anew").isTrue();
    assertThat(drip.isSlow(1_023, 100)).isFalse();
  }

  private static Yielding.Place place(AccountId account, long seconds, boolean losesNothing) {
    return new Yielding.Place(account, Duration.ofSeconds(seconds), losesNothing, false);
  }

  private static Yielding.Place slow(AccountId account, long seconds) {
    return new Yielding.Place(account, Duration.ofSeconds(seconds), false, true);
  }

  private static Optional<Yielding.Place> chosen(List<Yielding.Place> all) {
    return Yielding.choose(all, Function.identity(), Duration.ofMinutes(1));
  }

  private static void assertYields(Yielding.Place expected, Yielding.Place... others) {
    List<Yielding.Place> all = new ArrayList<>(List.of(others));
    all.add(expected);
    assertThat(chosen(all)).contains(expected);
  }

  @Test
  void oneOfTheAccountThatRunsMost_yields_ratherOneThatLosesNothing() {
    assertYields(place(MANY, 60, true), place(MANY, 900, false), place(ONE, 999, true));
    assertYields(place(MANY, 900, false), place(MANY, 60, false), place(ONE, 999, true));
    assertYields(place(MANY, 900, true), place(MANY, 800, true));
    assertYields(place(ONE, 60, true));
  }

  @Test
  void slowOne_yieldsFirst_ofAllThatTakeAsManyPlaces() {
    assertYields(slow(ONE, 600), place(MANY, 900, true), place(THIRD, 999, false));
    assertYields(place(MANY, 60, true), place(MANY, 59, true), slow(ONE, 900));
  }

  @Test
  void whatBeganJustNow_andTheOnlyOneThatWouldBeginAnew_stay() {
    assertThat(chosen(List.of(place(MANY, 59, true), place(ONE, 900, false)))).isEmpty();
  }
}
