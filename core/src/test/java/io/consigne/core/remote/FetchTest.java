package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.Noted;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.remote.source.SourceException.Reason;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceRequest;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a request to a file, or to a reason why there is none. */
class FetchTest extends OnEachScene {
  FetchTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private LinkId done(long request) {
    return Objects.requireNonNull(scene.await(alice, request, FetchState.DONE).linkOrNull());
  }

  private void assertBooked(long bytes) {
    assertThat(scene.used(alice)).isEqualTo(bytes);
    assertThat(scene.reserved(alice)).isZero();
  }

  @Test
  void source_becomesAFile_inTheFolder_underTheNameThatItGives() {
    byte[] large = bytes(1, 3_000_000);
    scene.sources.serve(URL, large).named("report.pdf");
    FolderId folder = scene.domain.folders().make(alice, FolderRef.ROOT, new FileName("In")).id();
    long id =
        scene
            .requests()
            .add(alice, RemoteScene.wish(FolderRef.of(folder), SourceHeaders.NONE, URL))
            .id();
    LinkId link = done(id);
    assertThat(scene.read(alice, link)).isEqualTo(large);
    assertThat(scene.file(alice, link).name()).isEqualTo(new FileName("report.pdf"));
    assertThat(scene.file(alice, link).folder()).isEqualTo(folder);
    assertBooked(large.length);
    FetchInfo info = scene.fetch(alice, id);
    assertThat(info.bytes()).isEqualTo(large.length);
    assertThat(info.total()).hasValue(large.length);
    assertThat(info.reason()).isEmpty();
    assertThat(scene.requests().list(alice))
        .containsExactly(new RequestInfo(id, scene.clock.instant(), scene.clock.instant()));
  }

  @Test
  void sourceWithoutLength_andEmptyOnes_andSmallOnes_becomeFiles() {
    byte[] unknown = bytes(2, 2_500_000);
    scene.sources.serve(URL + "1", unknown).withoutLength();
    scene.sources.serve(URL + "2", new byte[0]);
    scene.sources.serve(URL + "3", bytes(3, 100));
    List<FetchInfo> ended =
        scene.awaitEnd(alice, scene.add(alice, URL + "1", URL + "2", URL + "3"));
    assertThat(ended).extracting(FetchInfo::state).containsOnly(FetchState.DONE);
    assertThat(scene.read(alice, ended.get(0).linkOrNull())).isEqualTo(unknown);
    assertThat(scene.read(alice, ended.get(1).linkOrNull())).isEmpty();
    assertThat(scene.read(alice, ended.get(2).linkOrNull())).isEqualTo(bytes(3, 100));
    assertBooked(unknown.length + 100);
  }

  @Test
  void folderThatIsGoneMeanwhile_standsForTheRoot() throws InterruptedException {
    var source = scene.sources.serve(URL, bytes(4, 300_000)).heldAt(200_000);
    FolderId folder = scene.domain.folders().make(alice, FolderRef.ROOT, new FileName("In")).id();
    long id =
        scene
            .requests()
            .add(alice, RemoteScene.wish(FolderRef.of(folder), SourceHeaders.NONE, URL))
            .id();
    source.awaitHeld();
    scene.domain.folders().remove(alice, FolderRef.of(folder));
    source.release();
    assertThat(scene.file(alice, done(id)).folder()).isEqualTo(alice.root());
  }

  /** Else those who hold the name system up would have others' fetches given up. */
  @Test
  void sourceThatWasNotAsked_costsNoTry() {
    ScriptedSources.Source source = scene.sources.serve(URL, bytes(4, 300));
    source.refuses(Reason.BUSY, "Later").refuses(Reason.CROWDED, "Too many other names");
    long id = scene.add(alice, URL);
    assertThat(scene.awaitFailedTry(alice, id, 1).reason()).isEqualTo("Later");
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().first());
    await().until(() -> scene.fetch(alice, id).reason().equals("Too many other names"));
    assertThat(scene.fetch(alice, id).attempts()).isEqualTo(1);
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().first());
    done(id);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void brokenConnection_isMadeUpForAtOnce_fromWhereItBroke(boolean seemsReady) {
    byte[] large = bytes(5, 2_000_000);
    ScriptedSources.Source source = scene.sources.serve(URL, large);
    source.breaksAfter(700_000).breaksAfter(500_000);
    if (seemsReady) {
      source.seemingReady();
    }
    assertThat(scene.read(alice, done(scene.add(alice, URL)))).isEqualTo(large);
    assertThat(scene.sources.requests(URL))
        .extracting(request -> request.offset())
        .containsExactly(0L, 700_000L, 1_200_000L);
    assertBooked(large.length);
  }

  /** One that broke a little later each time was asked for all of it again and again, at once. */
  @Test
  void sourceThatCannotResume_isFetchedAnew_afterAPause() {
    byte[] large = bytes(6, 1_000_000);
    scene.sources.serve(URL, large).withoutRanges().breaksAfter(700_000);
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().first());
    assertThat(scene.read(alice, done(id))).isEqualTo(large);
    assertThat(scene.sources.requests(URL))
        .extracting(request -> request.offset())
        .containsExactly(0L, 0L);
    assertBooked(large.length);
  }

  @Test
  void sourceThatChanged_isFetchedAnew_withoutAByteOfTheOldOne() throws InterruptedException {
    byte[] other = bytes(8, 900_000);
    var source = scene.sources.serve(URL, bytes(7, 1_000_000)).heldAt(600_000);
    source.breaksAfter(600_000);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    source.change(other);
    source.release();
    assertThat(scene.read(alice, done(id))).isEqualTo(other);
    assertBooked(other.length);
  }

  @Test
  void sourceThatIsBusy_isTriedAgain_laterAndLater_andThenGivenUp() {
    scene
        .sources
        .serve(URL, bytes(9, 10))
        .refuses(Reason.BUSY, "The source is busy")
        .refuses(Reason.BUSY, "The source is busy")
        .refuses(Reason.BUSY, "The source is busy");
    long id = scene.add(alice, URL);
    FetchInfo first = scene.awaitFailedTry(alice, id, 1);
    assertThat(first.reason()).isEqualTo("The source is busy");
    Instant now = scene.clock.instant();
    assertThat(first.nextOrNull()).isBetween(now.plusMillis(2500), now.plusSeconds(5));
    scene.clock.advance(Duration.ofSeconds(5));
    scene.awaitFailedTry(alice, id, 2);
    scene.clock.advance(Duration.ofSeconds(10));
    FetchInfo end = scene.await(alice, id, FetchState.FAILED);
    assertThat(end.reason()).isEqualTo("The source is busy (given up after 3 tries)");
    assertThat(scene.sources.requests(URL)).hasSize(3);
    assertBooked(0);
  }

  @Test
  void clockThatWasAhead_doesNotPutATryOffForYears() {
    scene.sources.serve(URL, bytes(9, 10)).refuses(Reason.BUSY, "The source is busy");
    scene.clock.advance(Duration.ofDays(700));
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.clock.advance(Duration.ofDays(-700));
    scene.requests().removeOld();
    scene.await(alice, id, FetchState.DONE);
  }

  /** Such a fetch stayed as one that runs, was taken over a minute later, and so on for ever. */
  @Test
  void errorOfThisProgram_isATryInVain() {
    scene.sources.serve(URL, bytes(9, 10)).meets(new StackOverflowError("made for a test"));
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.clock.advance(Duration.ofSeconds(5));
    scene.awaitFailedTry(alice, id, 2);
    scene.clock.advance(Duration.ofSeconds(10));
    assertThat(scene.await(alice, id, FetchState.FAILED).reason())
        .isEqualTo("This host met an error of its own (given up after 3 tries)");
  }

  @Test
  void sourceThatRefuses_isNotTriedAgain_untilItIsAskedFor() {
    scene.sources.serve(URL, bytes(10, 10)).refuses(Reason.REFUSED, "The source has no such file");
    long id = scene.add(alice, URL);
    assertThat(scene.await(alice, id, FetchState.FAILED).reason())
        .isEqualTo("The source has no such file");
    assertThat(scene.requests().retry(alice, id)).isEqualTo(1);
    assertThat(scene.read(alice, done(id))).isEqualTo(bytes(10, 10));
  }

  /** The places from which the source was asked, one request after the other. */
  private void assertAskedFrom(Long... offsets) {
    assertThat(scene.sources.requests(URL))
        .extracting(request -> request.offset())
        .containsExactly(offsets);
  }

  @Test
  void stop_inTheMiddle_leavesWhatCame_andTheNextStartGoesOn() throws InterruptedException {
    byte[] large = bytes(11, 2_000_000);
    var source = scene.sources.serve(URL, large).heldAt(1_500_000);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    scene.stop();
    source.release();
    scene.start();
    assertThat(scene.read(alice, done(id))).isEqualTo(large);
    assertAskedFrom(0L, 1_500_000L);
    assertThat(scene.sources.requests(URL).getLast().partOrNull())
        .isEqualTo(new SourceRequest.Part(1_500_000, "\"v1\"", OptionalLong.of(large.length)));
    assertThat(scene.files(alice)).isEqualTo(1);
    assertBooked(large.length);
  }

  /** A heartbeat during a try without an answer once took the name away, and with it what came. */
  @Test
  void triesWithoutAnAnswer_leaveWhatCame_howeverLongTheyTake() throws InterruptedException {
    byte[] large = bytes(17, 2_000_000);
    var source = scene.sources.serve(URL, large).heldAt(700_000).breaksAfter(700_000);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    source.refuses(Reason.UNREACHABLE, "It is dark");
    source.release();
    scene.awaitFailedTry(alice, id, 1);
    source.hold();
    scene.clock.advance(Duration.ofSeconds(5));
    source.awaitHeld();
    scene.awaitBeat(id);
    assertThat(scene.fetch(alice, id).bytes()).isEqualTo(700_000);
    source.refuses(Reason.UNREACHABLE, "It is dark");
    source.release();
    scene.awaitFailedTry(alice, id, 2);
    scene.clock.advance(Duration.ofSeconds(10));
    assertThat(scene.read(alice, done(id))).isEqualTo(large);
    assertAskedFrom(0L, 700_000L, 700_000L, 700_000L);
    assertBooked(large.length);
  }

  @Test
  void databaseThatIsOutOfReach_leavesWhatCame_andTheNextClaimGoesOn() throws InterruptedException {
    byte[] large = bytes(16, 2_000_000);
    var source = scene.sources.serve(URL, large).heldAt(1_500_000);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    scene.database.setOut(true);
    source.release();
    scene.awaitRest();
    scene.database.setOut(false);
    scene.clock.advance(RemoteScene.QUICK.beats().silence().plusMillis(1));
    assertThat(scene.read(alice, done(id))).isEqualTo(large);
    assertThat(scene.sources.requests(URL)).hasSize(2);
    assertThat(scene.sources.requests(URL).getLast().offset()).isBetween(1_000_000L, 1_500_000L);
    assertThat(scene.files(alice)).isEqualTo(1);
    assertBooked(large.length);
  }

  @Test
  void partThatRotted_isNotGoneOnWith() throws Exception {
    byte[] large = bytes(12, 2_000_000);
    var source = scene.sources.serve(URL, large).heldAt(1_500_000);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    scene.stop();
    Damage.flipOneBit(directory.resolve("blobs/incoming"));
    source.release();
    scene.start();
    assertThat(scene.read(alice, done(id))).isEqualTo(large);
    assertAskedFrom(0L, 0L);
    assertBooked(large.length);
  }

  @Test
  void linkOfThisHost_isCopied_withoutTransfer() {
    scene.sources.serve(URL, bytes(13, 200_000));
    LinkId original = done(scene.add(alice, URL));
    Access bob = scene.account(Plan.PREMIUM);
    String address = "https://host.example.org/?" + original;
    long id =
        scene
            .requests()
            .add(
                bob,
                new Wish(
                    List.of(new Wish.Source(SourceUrl.parse(address), original)),
                    SourceHeaders.NONE,
                    FolderRef.ROOT))
            .id();
    FetchInfo copied = scene.await(bob, id, FetchState.DONE);
    assertThat(copied.linkOrNull()).isNotEqualTo(original);
    assertThat(scene.read(bob, copied.linkOrNull())).isEqualTo(bytes(13, 200_000));
    assertThat(scene.sources.requests(address)).isEmpty();
    assertThat(scene.used(bob)).isEqualTo(200_000);
  }

  @Test
  void linkOfThisHost_thatIsNone_fails() {
    assertThat(reasonOfNoCopy(alice, new LinkId("nosuchlink0000000000")))
        .isEqualTo("Resource not found");
  }

  private String reasonOfNoCopy(Access access, LinkId link) {
    var source = new Wish.Source(SourceUrl.parse("https://h.example.org/?" + link), link);
    var wish = new Wish(List.of(source), SourceHeaders.NONE, FolderRef.ROOT);
    long id = scene.requests().add(access, wish).id();
    return scene.await(access, id, FetchState.FAILED).reason();
  }

  @Test
  void linkOfThisHost_thatHasEnded_failsAsIfThereWereNone() {
    scene.sources.serve(URL, bytes(18, 10));
    LinkId original = done(scene.add(alice, URL));
    var change =
        new AttributeChange(
            null,
            null,
            AttributeChange.PasswordChange.KEEP,
            new AttributeChange.Flags(null, null, null),
            AccessRules.NONE.until(scene.clock.instant().plusSeconds(60)));
    scene.domain.files().change(alice, List.of(original), change);
    scene.clock.advance(Duration.ofSeconds(60));
    assertThat(reasonOfNoCopy(scene.account(Plan.PREMIUM), original))
        .isEqualTo("Resource not found");
  }

  @Test
  void keyThatEnded_fetchesNothingMore() throws InterruptedException {
    var source = scene.sources.serve(URL, bytes(14, 300_000)).heldAt(200_000);
    long id = scene.add(alice, URL);
    source.awaitHeld();
    scene.domain.accounts().setDisabled(alice.account(), true);
    source.release();
    scene.awaitRest();
    scene.domain.accounts().setDisabled(alice.account(), false);
    assertThat(scene.fetch(alice, id).state()).isEqualTo(FetchState.FAILED);
    assertThat(scene.files(alice)).isZero();
    assertBooked(0);
  }

  @Test
  void auditLog_tellsWhoAskedAndWhatCame_butNoAddressAndNoHeader() {
    String secret = "https://source.example.org/a?token=hush";
    scene.sources.serve(secret, bytes(15, 10));
    long id =
        scene
            .requests()
            .add(
                alice,
                RemoteScene.wish(
                    FolderRef.ROOT, SourceHeaders.ofLines(List.of("Cookie: hush")), secret))
            .id();
    done(id);
    List<Noted> lines =
        scene
            .domain
            .audit()
            .list(alice.account(), Audit.Reader.OWNER, Instant.EPOCH, null, 100)
            .lines();
    assertThat(lines).extracting(Noted::action).contains("remote.request", "file.upload");
    assertThat(lines.toString()).doesNotContain("hush");
    assertThat(lines)
        .filteredOn(line -> line.action().equals("remote.request"))
        .singleElement()
        .extracting(Noted::things)
        .isEqualTo(List.of("request " + id + " of 1 sources"));
  }
}
