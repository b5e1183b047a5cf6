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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever runs most does not keep everybody else waiting. */
class YieldingTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final AccountId MANY = new AccountId(1);
  private static final AccountId ONE = new AccountId(2);

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
      scene.clock.advance(Duration.ofSeconds(1));
      long newer = scene.add(alice, URL + 2);
      second.awaitHeld();
      scene.sources.serve(URL + 3, bytes(2, 1_000));
      long waiting = scene.add(bob, URL + 3);
      scene.clock.advance(Yielding.LEAST_RUN.minusSeconds(1));
      scene.await(bob, waiting, FetchState.DONE);
      FetchInfo yielded = scene.fetch(alice, older);
      assertThat(yielded.state()).isEqualTo(FetchState.QUEUED);
      assertThat(yielded.attempts()).isZero();
      assertThat(scene.fetch(alice, newer).state()).isEqualTo(FetchState.RUNNING);
      first.release();
      scene.clock.advance(RemoteScene.QUICK.retries().firstPause());
      FetchInfo done = scene.await(alice, older, FetchState.DONE);
      assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(large);
      assertThat(scene.sources.requests(URL))
          .extracting(request -> request.offset())
          .containsExactly(0L, 500_000L);
      second.release();
      scene.await(alice, newer, FetchState.DONE);
    }
  }

  private static Yielding.Place place(AccountId account, long secondsAgo, boolean losesNothing) {
    return new Yielding.Place(account, NOW.minusSeconds(secondsAgo), losesNothing);
  }

  private static void assertYields(Yielding.Place expected, Yielding.Place... others) {
    List<Yielding.Place> all = new ArrayList<>(List.of(others));
    all.add(expected);
    assertThat(Yielding.choose(all, Function.identity(), NOW)).contains(expected);
  }

  @Test
  void oneOfTheAccountThatRunsMost_yields_ratherOneThatLosesNothing() {
    assertYields(place(MANY, 60, true), place(MANY, 900, false), place(ONE, 999, true));
    assertYields(place(MANY, 900, false), place(MANY, 60, false), place(ONE, 999, true));
    assertYields(place(MANY, 900, true), place(MANY, 800, true));
    assertYields(place(ONE, 60, true));
  }

  @Test
  void whatBeganJustNow_andTheOnlyOneThatWouldBeginAnew_stay() {
    List<Yielding.Place> stay = List.of(place(MANY, 59, true), place(ONE, 900, false));
    assertThat(Yielding.choose(stay, Function.identity(), NOW)).isEmpty();
  }
}
