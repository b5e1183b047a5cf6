package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.remote.source.SourceException.Reason;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.testing.Refusal;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.Share;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import io.consigne.core.uploads.UploadReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calling fetches off, and what they may take of a quota. */
class EndingTest extends OnEachScene {
  private static final int LARGE = 1_000_000;

  EndingTest(TestDatabases.Kind kind) {
    super(kind);
  }

  /** Leaves the account with so much room. */
  private void leaveRoom(long bytes) {
    scene.database.change(sql ->
        sql.update(
            "UPDATE accounts SET used_bytes = ? WHERE id = ?",
            Plan.PREMIUM.storageBytes() - bytes,
            alice.account().value()));
  }

  private long room() {
    return Plan.PREMIUM.storageBytes() - scene.used(alice);
  }

  private List<String> unfinished() throws IOException {
    try (var files = Files.list(directory.resolve("blobs/incoming"))) {
      return files.map(Path::toString).toList();
    }
  }

  @Test
  void cancel_ofARunningFetch_endsItAtOnce_andLeavesNothing() throws Exception {
    var source = scene.sources.serve(URL, bytes(1, LARGE)).heldAt(800_000);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isEqualTo(LARGE);
    assertThat(scene.requests().cancel(alice, id)).isEqualTo(1);
    assertThat(scene.fetch(alice, id).state()).isEqualTo(FetchState.CANCELLED);
    assertThat(scene.reserved(alice)).isZero();
    scene.awaitRest();
    source.release();
    assertThat(scene.files(alice)).isZero();
    assertThat(scene.used(alice)).isZero();
    assertThat(unfinished()).isEmpty();
    assertThat(scene.fetch(alice, id).state()).isEqualTo(FetchState.CANCELLED);
  }

  @Test
  void cancel_betweenTheLastByteAndTheCommit_wins() throws Exception {
    var source = scene.sources.serve(URL, bytes(2, LARGE)).heldAt(LARGE);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    scene.database.change(sql ->
        sql.update(
            "UPDATE remote_fetches SET state = 'cancelled', ended_at = ? WHERE request_id = ?",
            scene.clock.instant(),
            id));
    source.release();
    scene.awaitRest();
    assertThat(scene.files(alice)).isZero();
    assertThat(scene.fetch(alice, id).state()).isEqualTo(FetchState.CANCELLED);
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void cancel_whileTheNextTryIsWaitedFor_throwsAwayWhatCame_andRetryBeginsAnew() throws Exception {
    byte[] large = bytes(3, LARGE);
    var source = scene.sources.serve(URL, large).breaksAfter(700_000).breaksAfter(0);
    long id = scene.add(alice, URL);
    assertThat(scene.awaitFailedTry(alice, id, 1).reason()).isEqualTo("The connection broke");
    scene.awaitRest();
    assertThat(unfinished()).hasSize(1);
    scene.requests().cancel(alice, id);
    assertThat(unfinished()).isEmpty();
    assertThat(Refusal.of(() -> scene.requests().cancel(alice, id)))
        .isEqualTo(new Failure.NothingChanged(Failure.NothingChanged.What.FETCHES_ENDED));
    source.breaksAfter(Long.MAX_VALUE);
    assertThat(scene.requests().retry(alice, id)).isEqualTo(1);
    FetchInfo done = scene.await(alice, id, FetchState.DONE);
    assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(large);
    assertThat(scene.sources.requests(URL).getLast().offset()).isZero();
    assertThat(Refusal.of(() -> scene.requests().retry(alice, id)))
        .isEqualTo(new Failure.NothingChanged(Failure.NothingChanged.What.NO_FETCH_FAILED));
  }

  /** Who asked by a password may know no more than the old one. */
  @Test
  void anotherPassword_endsWhatWasAskedForByTheOldOne() {
    long epoch =
        scene.database.read(
            sql -> sql.number("SELECT epoch FROM accounts WHERE id = ?", alice.account().value()));
    scene.sources.serve(URL, bytes(4, LARGE)).breaksAfter(700_000).breaksAfter(0);
    long id = scene.add(alice.byPasswordOf(epoch), URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.awaitRest();
    scene.domain.accounts().setPassword(alice.account(), "$argon2id$other");
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().first());
    assertThat(scene.await(alice, id, FetchState.FAILED).reason())
        .isEqualTo("The key that asked for this has ended or was changed");
    assertThat(scene.sources.requests(URL)).hasSize(2);
  }

  @Test
  void laterTry_goesOnWhereTheLastOneBroke() {
    byte[] large = bytes(4, LARGE);
    scene.sources.serve(URL, large).breaksAfter(700_000).breaksAfter(0);
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.awaitRest();
    assertThat(scene.reserved(alice)).isEqualTo(700_000);
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().first());
    FetchInfo done = scene.await(alice, id, FetchState.DONE);
    assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(large);
    assertThat(scene.sources.requests(URL))
        .extracting(request -> request.offset())
        .containsExactly(0L, 700_000L, 700_000L);
    assertThat(scene.reserved(alice)).isZero();
  }

  @Test
  void fileThatIsTooLargeForTheQuota_isRefused_beforeItComes() {
    leaveRoom(LARGE - 1);
    scene.sources.serve(URL, bytes(5, LARGE)).heldAt(1);
    long id = scene.add(alice, URL);
    assertThat(scene.await(alice, id, FetchState.FAILED).reason())
        .isEqualTo("Storage quota exceeded: 1000000 bytes needed, 999999 left");
    Access bob = scene.account(Plan.PREMIUM);
    long guests = scene.requests().add(bob, into(sharedWith(bob))).id();
    assertThat(scene.await(bob, guests, FetchState.FAILED).reason())
        .isEqualTo("Storage quota exceeded");
    assertThat(scene.reserved(alice)).isZero();
    assertThat(scene.files(alice)).isZero();
  }

  @Test
  void fileOfUnknownLength_endsWhereTheQuotaEnds() {
    int step = (int) RemoteScene.QUICK.receiving().reserveStepBytes();
    leaveRoom(step + 10);
    scene.sources.serve(URL, bytes(6, 2 * step)).withoutLength();
    long id = scene.add(alice, URL);
    assertThat(scene.await(alice, id, FetchState.FAILED).reason())
        .startsWith("Storage quota exceeded");
    assertThat(scene.reserved(alice)).isZero();
    assertThat(room()).isEqualTo(step + 10);
  }

  /** Once a step had to be left, however short the file was. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 400_000, 1_500_000})
  void fileOfUnknownLength_takesTheLastByteOfTheQuota(int size) {
    leaveRoom(size);
    scene.sources.serve(URL, bytes(13, size)).withoutLength();
    FetchInfo done = scene.await(alice, scene.add(alice, URL), FetchState.DONE);
    assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(bytes(13, size));
    assertThat(room()).isZero();
    assertThat(scene.reserved(alice)).isZero();
  }

  @Test
  void whatARunningFetchReserved_isNotThereForAnybodyElse() throws Exception {
    leaveRoom(LARGE + 100);
    var source = scene.sources.serve(URL, bytes(7, LARGE)).heldAt(500_000);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    assertThat(upload(101).refused()).hasSize(1);
    assertThat(upload(100).kept()).hasSize(1);
    source.release();
    FetchInfo done = scene.await(alice, id, FetchState.DONE);
    assertThat(scene.file(alice, Objects.requireNonNull(done.linkOrNull())).size())
        .isEqualTo(LARGE);
    assertThat(room()).isZero();
    assertThat(scene.reserved(alice)).isZero();
  }

  @Test
  void folderThatIsUnsharedMeanwhile_leavesNothingReserved_ofEitherAccount() throws Exception {
    byte[] large = bytes(10, 5 * (int) RemoteScene.QUICK.receiving().reserveStepBytes() / 2);
    var source = scene.sources.serve(URL, large).withoutLength().heldAt(500_000);
    Access bob = scene.account(Plan.PREMIUM);
    FolderId folder = sharedWith(bob);
    long id = scene.requests().add(bob, into(folder)).id();
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isBetween(500_000L, 1_000_000L);
    assertThat(scene.reserved(bob)).isZero();
    share(folder, List.of());
    source.release();
    FetchInfo done = scene.await(bob, id, FetchState.DONE);
    assertThat(scene.read(bob, done.linkOrNull())).isEqualTo(large);
    assertThat(scene.reserved(alice)).isZero();
    assertThat(scene.reserved(bob)).isZero();
    assertThat(scene.used(alice)).isZero();
    assertThat(scene.used(bob)).isEqualTo(large.length);
  }

  /** Else the one could not use his room, and the other learned at the end that he has none. */
  @Test
  void folderThatIsUnsharedMeanwhile_isReservedForAnew() throws Exception {
    var source = scene.sources.serve(URL, bytes(13, LARGE)).heldAt(300_000);
    Access bob = scene.account(Plan.PREMIUM);
    FolderId folder = sharedWith(bob);
    long id = scene.requests().add(bob, into(folder)).id();
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isBetween(300_000L, 600_000L);
    share(folder, List.of());
    source.releaseTo(900_000);
    source.awaitHeld();
    assertThat(scene.reserved(alice)).isZero();
    assertThat(scene.reserved(bob)).isEqualTo(LARGE);
    source.release();
    scene.await(bob, id, FetchState.DONE);
    assertThat(scene.reserved(bob)).isZero();
    assertThat(scene.used(bob)).isEqualTo(LARGE);
  }

  @Test
  void folderThatIsUnsharedMeanwhile_endsTheFetch_ifItsSenderHasNoRoom() throws Exception {
    var source = scene.sources.serve(URL, bytes(14, LARGE)).heldAt(300_000);
    Access bob = scene.account(Plan.PREMIUM);
    FolderId folder = sharedWith(bob);
    long id = scene.requests().add(bob, into(folder)).id();
    source.awaitHeld();
    scene.database.change(sql ->
        sql.update(
            "UPDATE accounts SET used_bytes = ? WHERE id = ?",
            Plan.PREMIUM.storageBytes() - 1,
            bob.account().value()));
    share(folder, List.of());
    source.releaseTo(900_000);
    assertThat(scene.await(bob, id, FetchState.FAILED).reason())
        .isEqualTo("Storage quota exceeded: " + LARGE + " bytes needed, 1 left");
    assertThat(scene.reserved(alice)).isZero();
    assertThat(scene.reserved(bob)).isZero();
    scene.awaitRest();
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void folderThatIsSharedForReadingMeanwhile_endsTheFetch() throws Exception {
    var source = scene.sources.serve(URL, bytes(15, LARGE)).heldAt(300_000);
    Access bob = scene.account(Plan.PREMIUM);
    FolderId folder = sharedWith(bob);
    long id = scene.requests().add(bob, into(folder)).id();
    source.awaitHeld();
    share(folder, List.of(new Share(email(bob), false, false)));
    source.releaseTo(900_000);
    assertThat(scene.await(bob, id, FetchState.FAILED).reason())
        .isEqualTo("Not allowed: this folder is shared for reading only");
    assertThat(scene.reserved(alice)).isZero();
  }

  /** A folder of Alice's that is open to another account. */
  private FolderId sharedWith(Access guest) {
    FolderId folder = scene.domain.folders().make(alice, FolderRef.ROOT, new FileName("In")).id();
    share(folder, List.of(new Share(email(guest), true, false)));
    return folder;
  }

  private static Wish into(FolderId folder) {
    return RemoteScene.wish(FolderRef.of(folder), SourceHeaders.NONE, URL);
  }

  private void share(FolderId folder, List<Share> shares) {
    scene
        .domain
        .sharing()
        .change(
            alice,
            FolderRef.of(folder),
            new FolderSharing.Change(null, AttributeChange.PasswordChange.KEEP, shares));
  }

  private String email(Access access) {
    return scene.domain.accounts().get(access.account()).email();
  }

  private UploadReport upload(int size) {
    try (Upload upload = scene.domain.uploads().begin(Sender.identified(alice))) {
      var file = upload.file("u" + size, null);
      file.write(ByteBuffer.wrap(bytes(size, size)));
      file.end();
      return upload.commit(UploadForm.PLAIN);
    }
  }

  @Test
  void accountThatIsRemoved_takesItsFetchesAlong() throws Exception {
    var source = scene.sources.serve(URL, bytes(8, LARGE)).heldAt(500_000);
    scene.add(alice, URL);
    source.awaitHeld();
    scene.domain.removal().remove(alice.account());
    source.release();
    scene.awaitRest();
    assertThat(
            scene.number(
                "SELECT COUNT(*) FROM remote_fetches WHERE account_id = ?",
                alice.account().value()))
        .isZero();
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void accountThatIsRemoved_whileTheNextTryIsWaitedFor_leavesNothingInTheStore() throws Exception {
    scene.sources.serve(URL, bytes(11, LARGE)).breaksAfter(700_000).breaksAfter(0);
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.awaitRest();
    scene.requests().removeOld();
    assertThat(unfinished()).hasSize(1);
    scene.restart();
    scene.domain.removal().remove(alice.account());
    scene.requests().removeOld();
    assertThat(unfinished()).isEmpty();
  }

  /** Has a fetch end, held at so many bytes, because the database is out of reach. */
  private long fetchedUntilAnOutage(int held) throws InterruptedException {
    var source = scene.sources.serve(URL, bytes(12, LARGE)).heldAt(held);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    scene.database.setOut(true);
    source.release();
    scene.awaitRest();
    return id;
  }

  @Test
  void cancel_afterAnOutage_leavesNothingInTheStore() throws Exception {
    long id = fetchedUntilAnOutage(500_000);
    scene.database.setOut(false);
    assertThat(unfinished()).hasSize(1);
    scene.requests().cancel(alice, id);
    assertThat(scene.reserved(alice)).isZero();
    scene.requests().removeOld();
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void hostThatWasCutOff_andFetchesNoMore_keepsReservedWhatIsOnDisk() throws Exception {
    long id = fetchedUntilAnOutage(500_000);
    scene.database.setOut(false);
    assertThat(scene.reserved(alice)).isEqualTo(LARGE);
    scene.restartWithoutFetches();
    assertThat(scene.reserved(alice))
        .isEqualTo(scene.number("SELECT partial_bytes FROM remote_fetches"))
        .isPositive();
    assertThat(scene.fetch(alice, id).state()).isEqualTo(FetchState.QUEUED);
  }

  @Test
  void firstCheckpointThatCannotBeNoted_leavesNothingInTheStore() throws Exception {
    fetchedUntilAnOutage((int) RemoteScene.QUICK.receiving().checkpoints().bytes() / 2);
    assertThat(unfinished()).isEmpty();
    scene.database.setOut(false);
  }

  @Test
  void failedFetch_leavesNothingInTheStore() throws Exception {
    var source = scene.sources.serve(URL, bytes(9, LARGE)).breaksAfter(700_000).breaksAfter(0);
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.awaitRest();
    assertThat(unfinished()).hasSize(1);
    source.refuses(Reason.REFUSED, "no");
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().first());
    scene.await(alice, id, FetchState.FAILED);
    scene.awaitRest();
    assertThat(unfinished()).isEmpty();
  }
}
