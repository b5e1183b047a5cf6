package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import io.consigne.core.uploads.UploadReport;
import java.nio.ByteBuffer;
import java.time.Duration;
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
    scene.database.write(sql ->
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
    byte[] file = bytes(1, LARGE);
    scene.sources.serve(URL, file).breaksAfter(700_000).breaksAfter(0);
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.awaitRest();
    scene.domain.accounts().setDisabled(alice.account(), true);
    Duration life = RemoteScene.QUICK.retries().life();
    scene.clock.advance(life);
    scene.requests().removeOld();
    assertThat(scene.reserved(alice)).isEqualTo(700_000);
    scene.clock.advance(RemoteScene.QUICK.retries().longestPause());
    scene.requests().removeOld();
    assertThat(scene.reserved(alice)).isZero();
    assertThat(directory.resolve("blobs/incoming")).isEmptyDirectory();
    scene.domain.accounts().setDisabled(alice.account(), false);
    scene.clock.advance(RemoteScene.QUICK.retries().longestPause());
    FetchInfo done = scene.await(alice, id, FetchState.DONE);
    assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(file);
  }
}
