package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.db.TestDatabases;
import io.consigne.core.remote.source.SourceException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How tries of a fetch are counted that the host itself ends. */
@Timeout(60)
class TriesTest extends OnEachScene {
  TriesTest(TestDatabases.Kind kind) {
    super(kind);
  }

  /** It was told as an error of this program. */
  @Test
  void fetchThatHostsDidNotLiveThrough_isGivenUp_withoutOneMoreTry() {
    scene.sources.serve(URL, bytes(9, 10));
    scene.domain.remote().close();
    long id = scene.add(alice, URL);
    scene.database.change(sql -> sql.update("UPDATE remote_fetches SET attempts = 3"));
    scene.restart();
    assertThat(scene.await(alice, id, FetchState.FAILED).reason())
        .isEqualTo("This host ended during the last of its tries");
    assertThat(scene.sources.requests(URL)).isEmpty();
  }

  /** Of a long queue the last failed with the first try that met a source in trouble. */
  @Test
  void fetchThatWaitedForDays_hasAllItsTries() {
    scene.sources.serve(URL, bytes(9, 10)).refuses(Reason.UNREACHABLE, "It is dark");
    scene.domain.remote().close();
    long id = scene.add(alice, URL);
    scene.clock.advance(Duration.ofDays(9));
    scene.restart();
    scene.awaitFailedTry(alice, id, 1);
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().first());
    scene.await(alice, id, FetchState.DONE);
  }

  @Test
  void sourceThatAsksForTime_hasIt_butNoMoreThanAnHour() {
    scene
        .sources
        .serve(URL, bytes(9, 10))
        .refusesFor(Duration.ofMinutes(20))
        .refusesFor(Duration.ofDays(2))
        .refusesFor(Duration.ofMillis(1));
    long id = scene.add(alice, URL);
    assertThat(scene.awaitFailedTry(alice, id, 1).nextOrNull())
        .isEqualTo(scene.clock.instant().plus(Duration.ofMinutes(20)));
    scene.clock.advance(Duration.ofMinutes(20));
    assertThat(scene.awaitFailedTry(alice, id, 2).nextOrNull())
        .isEqualTo(scene.clock.instant().plus(Duration.ofHours(1)));
  }

  /** A host that stopped wrote the tries back that were made before. */
  @Test
  void tryThatBroughtMuch_makesUpForThoseBefore_alsoWhenTheHostStops() throws InterruptedException {
    byte[] large = bytes(18, 2_000_000);
    var source = scene.sources.serve(URL, large).refuses(Reason.UNREACHABLE, "It is dark");
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    source.heldAt(1_500_000);
    scene.clock.advance(Duration.ofSeconds(5));
    source.awaitHeld();
    scene.restartWithoutFetches();
    assertThat(scene.number("SELECT attempts FROM remote_fetches WHERE id = ?", id)).isZero();
    source.release();
  }
}
