package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.Share;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often a fetch stops to make safe what came, and to look whose folder it is for. */
@Timeout(60)
class CheckpointPaceTest extends OnEachScene {
  private static final int LARGE = 1_000_000;

  CheckpointPaceTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private void share(FolderId folder, List<Share> shares) {
    var change = new FolderSharing.Change(null, AttributeChange.PasswordChange.KEEP, shares);
    scene.domain.sharing().change(alice, FolderRef.of(folder), change);
  }

  /** With each piece it gave its turn away, and asked the database. */
  @Test
  void sourceThatCannotResume_stopsNoMoreOften() throws InterruptedException {
    var source = scene.sources.serve(URL, bytes(1, LARGE)).withoutRanges().heldAt(300_000);
    Access bob = scene.account(Plan.PREMIUM);
    FolderId folder = scene.domain.folders().make(alice, FolderRef.ROOT, new FileName("In")).id();
    String email = scene.domain.accounts().get(bob.account()).email();
    share(folder, List.of(new Share(email, true, false)));
    Wish wish = RemoteScene.wish(FolderRef.of(folder), SourceHeaders.NONE, URL);
    long id = scene.requests().add(bob, wish).id();
    source.awaitHeld();
    share(folder, List.of());
    source.releaseTo(310_000);
    source.awaitHeld();
    assertThat(scene.reserved(alice)).as("it does not look yet").isPositive();
    source.releaseTo(900_000);
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isZero();
    assertThat(scene.reserved(bob)).isEqualTo(LARGE);
    source.release();
    scene.await(bob, id, FetchState.DONE);
  }
}
