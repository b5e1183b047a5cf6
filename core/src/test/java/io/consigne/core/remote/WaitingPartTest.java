package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.remote.source.SourceException.Reason;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import io.consigne.core.uploads.UploadReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is on disk of a fetch that waits counts against the quota. */
class WaitingPartTest extends OnEachScene {
  private static final int LARGE = 1_000_000;

  WaitingPartTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private UploadReport upload(int size) {
    try (Upload upload = scene.domain.uploads().begin(Sender.identified(alice))) {
      var file = upload.file("u" + size, null);
      file.write(ByteBuffer.wrap(bytes(size, size)));
      file.end();
      return upload.commit(UploadForm.PLAIN);
    }
  }

  /** Whoever had many sources that break filled the disk beyond every quota. */
  @Test
  void whatWaitsForItsRest_isNotThereForAnybodyElse() {
    scene.database.change(sql ->
        sql.update(
            "UPDATE accounts SET used_bytes = ? WHERE id = ?",
            Plan.PREMIUM.storageBytes() - LARGE,
            alice.account().value()));
    scene.sources.serve(URL, bytes(1, LARGE)).breaksAfter(700_000).breaksAfter(0);
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.awaitRest();
    assertThat(upload(300_001).refused()).hasSize(1);
    assertThat(upload(300_000).kept()).hasSize(1);
    scene.requests().cancel(alice, id);
    assertThat(scene.reserved(alice)).isZero();
  }

  /**
   * What came for the folder of another stayed on its quota for good, if nobody went on with it.
   */
  @Test
  void whatNobodyGoesOnWith_isGivenBack_andBeginsAnew() {
    long id = partOf(URL);
    scene.domain.accounts().setDisabled(alice.account(), true);
    Duration life = RemoteScene.QUICK.retries().partialsKept();
    scene.clock.advance(life);
    scene.requests().removeOld();
    assertThat(scene.reserved(alice)).isEqualTo(700_000);
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().longest());
    scene.requests().removeOld();
    assertThat(scene.reserved(alice)).isZero();
    assertThat(directory.resolve("blobs/incoming")).isEmptyDirectory();
    scene.domain.accounts().setDisabled(alice.account(), false);
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().longest());
    FetchInfo done = scene.await(alice, id, FetchState.DONE);
    assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(bytes(1, LARGE));
  }

  private long partOf(String url) {
    scene.sources.serve(url, bytes(1, LARGE)).breaksAfter(700_000).breaksAfter(0);
    long id = scene.add(alice, url);
    scene.awaitFailedTry(alice, id, 1);
    scene.awaitRest();
    return id;
  }

  /** What it does first is to remove what is old; what came of all fetches began anew. */
  @Test
  void hostThatWasOffForDays_goesOnWithWhatCame() {
    long id = partOf(URL);
    scene.stop();
    scene.clock.advance(RemoteScene.QUICK.retries().partialsKept().multipliedBy(3));
    var rules =
        new RemoteRequests.Terms(
            RemoteScene.QUICK,
            LimitPolicy.of(LimitTable.DEFAULT),
            FetchPolicy.DEFAULT,
            true,
            false,
            scene.clock);
    scene.whileStopped(database -> new OldRequests(database, rules).remove());
    scene.sources.serve(URL, bytes(1, LARGE)).refuses(Reason.UNREACHABLE, "It is dark");
    scene.start();
    scene.awaitFailedTry(alice, id, 2);
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().longest());
    FetchInfo done = scene.await(alice, id, FetchState.DONE);
    assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(bytes(1, LARGE));
    assertThat(scene.sources.requests(URL).getLast().partOrNull()).isNotNull();
  }

  /** One that cannot be removed kept others from that, and was never tried again. */
  @Test
  void whatCannotBeRemovedYet_isTriedAgain_andStopsNoOther() throws IOException {
    List<Long> ids = List.of(partOf(URL), partOf(URL + 2), partOf(URL + 3));
    Path incoming = directory.resolve("blobs/incoming");
    Path obstacle;
    try (Stream<Path> parts = Files.list(incoming)) {
      obstacle = parts.sorted().toList().get(1);
    }
    Files.delete(obstacle);
    Files.createDirectories(obstacle.resolve("in the way"));
    ids.forEach(id -> scene.requests().cancel(alice, id));
    try (Stream<Path> left = Files.list(incoming)) {
      assertThat(left).containsExactly(obstacle);
    }
    Files.delete(obstacle.resolve("in the way"));
    scene.requests().removeOld();
    assertThat(incoming).isEmptyDirectory();
  }
}
