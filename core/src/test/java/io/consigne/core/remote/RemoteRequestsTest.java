package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may ask for what, and who sees it. */
class RemoteRequestsTest extends OnEachScene {
  RemoteRequestsTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @BeforeEach
  void leaveFetchesToOthers() {
    scene.domain.remote().close();
  }

  private static Access with(Access access, Right... rights) {
    return new Access(
        access.account(),
        access.plan(),
        Set.of(rights),
        access.root(),
        null,
        null,
        TestHost.CALLER);
  }

  private FolderId folder(String name) {
    return scene.domain.folders().make(alice, FolderRef.ROOT, new FileName(name)).id();
  }

  private Access within(FolderId folder) {
    return TestHost.within(alice, folder).from(TestHost.CALLER);
  }

  private long addTo(Access access, FolderRef folder) {
    return scene.requests().add(access, RemoteScene.wish(folder, SourceHeaders.NONE, URL)).id();
  }

  private static String[] sources(int count) {
    return IntStream.range(0, count).mapToObj(i -> URL + i).toArray(String[]::new);
  }

  @Test
  void request_needsTheRightsToFetchAndToWrite() {
    for (Access few : List.of(with(alice, Right.REMOTE), with(alice, Right.WRITE))) {
      assertThat(Refusal.of(() -> scene.add(few, URL))).isInstanceOf(Failure.NotAllowed.class);
    }
    long id = scene.add(with(alice, Right.REMOTE, Right.WRITE), URL);
    assertThat(scene.requests().list(with(alice, Right.REMOTE)))
        .extracting(RequestInfo::id)
        .containsExactly(id);
    assertThat(Refusal.of(() -> scene.requests().list(with(alice, Right.WRITE))))
        .isInstanceOf(Failure.NotAllowed.class);
    assertThat(Refusal.of(() -> scene.requests().cancel(with(alice, Right.WRITE), id)))
        .isInstanceOf(Failure.NotAllowed.class);
  }

  @Test
  void request_isSeenByItsAccountAlone() {
    long id = scene.add(alice, URL);
    Access bob = scene.account(Plan.PREMIUM);
    assertThat(scene.requests().list(bob)).isEmpty();
    assertThat(Refusal.of(() -> scene.requests().get(bob, id))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> scene.requests().cancel(bob, id))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> scene.requests().retry(bob, id))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(scene.fetch(alice, id).state()).isEqualTo(FetchState.QUEUED);
  }

  @Test
  void keyOfOneFolder_seesAndFillsNothingOutside() {
    FolderId mine = folder("Mine");
    FolderId other = folder("Other");
    Access confined = within(mine);
    long outside = addTo(alice, FolderRef.of(other));
    long inside = addTo(alice, FolderRef.of(mine));
    long own = addTo(confined, FolderRef.ROOT);
    assertThat(scene.requests().list(confined))
        .extracting(RequestInfo::id)
        .containsExactly(own, inside);
    assertThat(Refusal.of(() -> scene.requests().get(confined, outside)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> scene.requests().cancel(confined, outside)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> addTo(confined, FolderRef.of(other)))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(scene.requests().list(alice)).hasSize(3);
  }

  /** They may open the source to anybody. */
  @Test
  void valuesOfAQuery_areForTheKeyThatAsked_andForTheOwner() {
    Access asker = key("asker");
    Access other = key("other");
    long id = scene.add(asker, URL + "?token=hush");
    assertThat(scene.fetch(asker, id).source()).isEqualTo(URL + "?token=hush");
    assertThat(scene.fetch(alice, id).source()).isEqualTo(URL + "?token=hush");
    assertThat(scene.fetch(other, id).source()).startsWith(URL + "?token=").doesNotContain("hush");
    scene.requests().cancel(other, id);
    scene.requests().retry(other, id);
    assertThat(scene.fetch(other, id).source()).as("asked again").doesNotContain("hush");
  }

  private Access key(String name) {
    var wish = new KeyWish(name, List.of("remote", "write"), null, null, null, null);
    String secret =
        scene.domain.keys().changes(Actor.OPERATOR).add(alice.account(), wish).secret().reveal();
    return scene.domain.keyLogins().open(secret, TestHost.CALLER).orElseThrow();
  }

  @Test
  void request_ofTooMany_orOfNone_isRefused() {
    assertThat(Refusal.of(() -> scene.add(alice)))
        .isEqualTo(new Failure.Invalid("urls", "", "is missing"));
    assertThat(Refusal.of(() -> scene.add(alice, sources(501))))
        .isEqualTo(new Failure.TooLarge("urls", 501, 500));
    Access free = scene.account(Plan.FREE);
    scene.add(free, sources(500));
    assertThat(Refusal.of(() -> scene.add(free, URL)))
        .isEqualTo(
            new Failure.AllowanceUsed(
                "The 500 fetches that may wait in this plan do", Duration.ofMinutes(1)));
  }

  /** Once any number could wait, if they were called off and asked for again. */
  @Test
  void whatIsAskedForAgain_countsAmongThoseThatWait() {
    Access free = scene.account(Plan.FREE);
    long first = scene.add(free, sources(500));
    scene.requests().cancel(free, first);
    long second = scene.add(free, sources(500));
    assertThat(Refusal.of(() -> scene.requests().retry(free, first)))
        .isEqualTo(
            new Failure.AllowanceUsed(
                "The 500 fetches that may wait in this plan do", Duration.ofMinutes(1)));
    scene.requests().cancel(free, second);
    assertThat(scene.requests().retry(free, first)).isEqualTo(500);
  }

  @Test
  void guests_fetchNothing() {
    assertThat(Refusal.of(() -> scene.add(scene.account(Plan.GUEST), URL)))
        .isInstanceOf(Failure.AllowanceUsed.class);
  }

  @Test
  void addressesAndHeaders_areInNoColumn_andHeadersGoWhenTheyAreNotNeeded() {
    String url = "ftp://alice:hush@source.example.org/f?token=hush";
    long id =
        scene
            .requests()
            .add(
                alice,
                RemoteScene.wish(
                    FolderRef.ROOT, SourceHeaders.ofLines(List.of("Cookie: hush")), url))
            .id();
    assertThat(scene.fetch(alice, id).source()).doesNotContain("alice:").startsWith("ftp://source");
    List<String> sealed =
        scene.database.read(sql ->
            sql.list(
                """
                SELECT f.source || ' ' || r.headers AS both FROM remote_fetches f
                JOIN remote_requests r ON r.id = f.request_id WHERE r.id = ?
                """,
                row -> row.text("both"),
                id));
    assertThat(sealed).hasSize(1).noneMatch(text -> text.contains("hush"));
  }

  @Test
  void oldRequests_areForgotten_onceTheyHaveEnded() {
    long ended = scene.add(alice, URL);
    scene.requests().cancel(alice, ended);
    long waiting = scene.add(alice, URL);
    scene.clock.advance(Duration.ofDays(30));
    scene.requests().removeOld();
    assertThat(scene.requests().list(alice)).hasSize(2);
    scene.clock.advance(Duration.ofMillis(1));
    scene.requests().removeOld();
    assertThat(scene.requests().list(alice)).extracting(RequestInfo::id).containsExactly(waiting);
  }

  /** Whoever has much refused or failed, however fast, leaves a bounded number of rows. */
  @Test
  void endedRequests_areRemembered_asManyAsHaveSoManySources() {
    Access free = scene.account(Plan.FREE);
    long waiting = scene.add(free, URL);
    var ended = new ArrayList<Long>();
    for (int i = 0; i < 4; i++) {
      long id = scene.add(free, sources(499));
      scene.requests().cancel(free, id);
      scene.clock.advance(Duration.ofHours(1));
      ended.add(id);
    }
    long others = scene.add(alice, URL);
    scene.requests().cancel(alice, others);
    scene.requests().removeOld();
    assertThat(scene.requests().list(free))
        .extracting(RequestInfo::id)
        .containsExactly(ended.get(3), ended.get(2), waiting);
    assertThat(scene.requests().list(alice)).extracting(RequestInfo::id).containsExactly(others);
  }
}
