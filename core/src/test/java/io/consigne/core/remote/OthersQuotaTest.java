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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source announces takes nothing of the quota of who did not ask for it. */
class OthersQuotaTest extends OnEachScene {
  private static final int STEP = (int) RemoteScene.QUICK.receiving().reserveStepBytes();
  private static final int HUGE = 4 * STEP;
  private static final String OTHER = "https://source.example.org/b/other.bin";

  private Access bob;
  private FolderId folder;

  @SuppressWarnings("NullAway.Init")
  OthersQuotaTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @BeforeEach
  void shareAFolder() {
    bob = scene.account(Plan.PREMIUM);
    folder = scene.domain.folders().make(alice, FolderRef.ROOT, new FileName("In")).id();
    String email = scene.domain.accounts().get(bob.account()).email();
    share(List.of(new Share(email, true, false)));
  }

  private void share(List<Share> shares) {
    scene
        .domain
        .sharing()
        .change(
            alice,
            FolderRef.of(folder),
            new FolderSharing.Change(null, AttributeChange.PasswordChange.KEEP, shares));
  }

  private void takeAllBut(long bytes, Access access) {
    scene.database.change(sql ->
        sql.update(
            "UPDATE accounts SET used_bytes = ? WHERE id = ?",
            Plan.PREMIUM.storageBytes() - bytes,
            access.account().value()));
  }

  private long fetch(Access access, FolderRef to) {
    return scene.requests().add(access, RemoteScene.wish(to, SourceHeaders.NONE, URL)).id();
  }

  /** Each kept a step of it, so that a few that brought nothing kept all of it from its owner. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fetchIntoTheFolderOfAnother_keepsNoMoreAheadThanCame(boolean announced) throws Exception {
    var source = scene.sources.serve(URL, bytes(5, HUGE)).heldAt(0);
    if (!announced) {
      source.withoutLength();
    }
    long id = fetch(bob, FolderRef.of(folder));
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isZero();
    source.releaseTo(STEP / 4);
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isBetween(STEP / 4L, STEP / 2L);
    source.release();
    scene.await(bob, id, FetchState.DONE);
    assertThat(scene.reserved(alice)).isZero();
    assertThat(scene.used(alice)).isEqualTo(HUGE);
  }

  @Test
  void fetchIntoTheFolderOfAnother_keepsAStepAtMostAheadOfWhatCame() throws Exception {
    byte[] huge = bytes(1, HUGE);
    var source = scene.sources.serve(URL, huge).heldAt(100);
    long id = fetch(bob, FolderRef.of(folder));
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isBetween(100L, 200L);
    source.releaseTo(2 * STEP + STEP / 2);
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isBetween(2L * STEP + STEP / 2, 3L * STEP + STEP / 2);
    source.release();
    FetchInfo done = scene.await(bob, id, FetchState.DONE);
    assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(huge);
    assertThat(scene.reserved(alice)).isZero();
    assertThat(scene.used(alice)).isEqualTo(HUGE);
  }

  @Test
  void fetchByAKeyOfOneFolder_keepsNoMoreAheadThanCame() throws Exception {
    var source = scene.sources.serve(URL, bytes(2, HUGE)).heldAt(100);
    var confined = new Access(alice.account(), alice.plan(), alice.rights(), folder, null);
    long id = fetch(confined, FolderRef.ROOT);
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isBetween(100L, 200L);
    source.release();
    scene.await(confined, id, FetchState.DONE);
  }

  @Test
  void fetchOfTheCallersOwn_keepsAllThatIsAnnounced() throws Exception {
    var source = scene.sources.serve(URL, bytes(3, HUGE)).heldAt(100);
    long id = fetch(alice, FolderRef.of(folder));
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isEqualTo(HUGE);
    source.release();
    scene.await(alice, id, FetchState.DONE);
  }

  /** It asked for all of it, and for less and less, for ever, as what had come would fit. */
  @Test
  void fetchWhoseFolderBecomesTheCallersOwn_endsIfThatHasNoRoomForAll() throws Exception {
    takeAllBut(2L * STEP, bob);
    var source = scene.sources.serve(URL, bytes(6, HUGE)).heldAt(STEP / 4);
    long id = fetch(bob, FolderRef.of(folder));
    source.awaitHeld();
    share(List.of());
    source.release();
    try {
      FetchInfo failed = scene.await(bob, id, FetchState.FAILED);
      assertThat(failed.reason()).startsWith("Storage quota exceeded");
      assertThat(scene.reserved(alice)).isZero();
      assertThat(scene.reserved(bob)).isZero();
    } finally {
      takeAllBut(Plan.PREMIUM.storageBytes(), bob);
    }
  }

  /** Each fitted alone, so both were fetched, and one of them in vain. */
  @Test
  void secondFetch_forWhichTheFirstLeavesNoRoom_endsBeforeItsBytesCome() throws Exception {
    takeAllBut(HUGE + STEP, alice);
    var source = scene.sources.serve(URL, bytes(7, HUGE)).heldAt(100);
    long first = fetch(bob, FolderRef.of(folder));
    source.awaitHeld();
    scene.sources.serve(OTHER, bytes(8, 2 * STEP));
    Wish wish = RemoteScene.wish(FolderRef.of(folder), SourceHeaders.NONE, OTHER);
    long second = scene.requests().add(bob, wish).id();
    FetchInfo failed = scene.await(bob, second, FetchState.FAILED);
    assertThat(failed.reason()).isEqualTo("Storage quota exceeded");
    assertThat(failed.bytes()).isZero();
    source.release();
    scene.await(bob, first, FetchState.DONE);
    assertThat(scene.reserved(alice)).isZero();
  }

  /** Else all that fits would be fetched for nothing. */
  @Test
  void fetchForWhichThereIsNoRoom_endsBeforeItsBytesCome() {
    takeAllBut(3L * STEP, alice);
    scene.sources.serve(URL, bytes(4, HUGE));
    FetchInfo failed = scene.await(bob, fetch(bob, FolderRef.of(folder)), FetchState.FAILED);
    assertThat(failed.reason()).isEqualTo("Storage quota exceeded");
    assertThat(failed.bytes()).isZero();
    assertThat(scene.reserved(alice)).isZero();
  }
}
