package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.testing.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad address of many is refused for itself, and the others are fetched. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class RefusedSourcesTest {
  private static final Failure TOO_MANY_UNTRIED =
      new Failure.AllowanceUsed(
          "No more than 500 sources may be refused, or cancelled untried, within 60 minutes",
          Duration.ofHours(1));

  private static final String GOOD = "https://source.example.org/good";
  private static final String OTHER = "https://source.example.org/other";
  private static final String PRIVATE = "http://10.0.0.1/secret";
  private static final String PORT = "http://source.example.org:22/";
  private static final String NONE = "not an address";
  private static final String WITH_PASSWORD = "https://alice:hush@source.example.org/";
  private static final String NOT_PUBLIC =
      "This host does not fetch from 10.0.0.1: its address is not public";

  private final TestDatabases.Kind kind;
  @TempDir Path directory;
  private RemoteScene scene;
  private Access alice;

  @SuppressWarnings("NullAway.Init")
  RefusedSourcesTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    scene = new RemoteScene(kind, directory);
    alice = scene.account(Plan.PREMIUM);
    scene.sources.serve(GOOD, bytes(1, 1000));
    scene.sources.serve(OTHER, bytes(2, 1000));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private RemoteRequests.Added add(String... urls) {
    return scene.requests().add(alice, RemoteScene.wish(urls));
  }

  @Test
  void refusedOnes_haveFailedFromTheStart_andTheOthersAreFetched() {
    RemoteRequests.Added added = add(GOOD, PRIVATE, NONE, OTHER, PORT, WITH_PASSWORD);
    assertThat(added.items().stream().map(Wish.Refused.class::isInstance))
        .containsExactly(false, true, true, false, true, true);
    List<FetchInfo> fetches = scene.awaitEnd(alice, added.id());
    assertThat(fetches)
        .extracting(FetchInfo::state)
        .containsExactly(
            FetchState.DONE,
            FetchState.FAILED,
            FetchState.FAILED,
            FetchState.DONE,
            FetchState.FAILED,
            FetchState.FAILED);
    assertThat(fetches)
        .extracting(FetchInfo::reason)
        .containsExactly(
            "",
            NOT_PUBLIC,
            "url must be like https://example.org/file.zip",
            "",
            "This host does not fetch from port 22",
            "url must not hold a user or password, which go into a header");
    assertThat(fetches)
        .extracting(FetchInfo::source)
        .containsExactly(GOOD, PRIVATE, NONE, OTHER, PORT, "https://source.example.org/");
    for (String never : List.of(PRIVATE, PORT)) {
      assertThat(scene.sources.requests(never)).isEmpty();
    }
  }

  @Test
  void onlySource_isRefusedWithItsRequest() {
    assertThat(Refusal.of(() -> add(PRIVATE))).isEqualTo(new Failure.NotAllowed(NOT_PUBLIC));
    assertThat(Refusal.of(() -> add(NONE))).isInstanceOf(Failure.Invalid.class);
    assertThat(scene.requests().list(alice)).isEmpty();
  }

  @Test
  void requestOfNothingElse_hasEnded() {
    RemoteRequests.Added added = add(PRIVATE, NONE);
    assertThat(added.request().ended()).isPresent();
    assertThat(scene.requests().get(alice, added.id()).request().ended()).isPresent();
    assertThat(Refusal.of(() -> scene.requests().cancel(alice, added.id())))
        .isInstanceOf(Failure.NothingChanged.class);
  }

  @Test
  void whatIsNoAddress_isNoneWhenItIsAskedForAgain_alsoIfItWasTooLong() {
    String tooLong = GOOD + "/" + "a".repeat(5000);
    String blankWhereItIsCut = GOOD + "a".repeat(4096 - GOOD.length()) + " and more";
    RemoteRequests.Added added = add(NONE, blankWhereItIsCut, tooLong);
    assertThat(scene.requests().retry(alice, added.id())).isEqualTo(3);
    List<FetchInfo> fetches = scene.awaitEnd(alice, added.id());
    assertThat(fetches).extracting(FetchInfo::state).containsOnly(FetchState.FAILED);
    assertThat(fetches.getLast().reason()).startsWith("url must have at most 4096 characters");
    assertThat(fetches.getLast().source()).hasSizeLessThan(5000);
  }

  @Test
  void refusedOnes_takeNoPlaceAmongThoseThatWait() {
    scene.domain.remote().close();
    Access free = scene.account(Plan.FREE);
    String[] urls = new String[500];
    Arrays.setAll(urls, i -> i == 7 ? NONE : GOOD + i);
    scene.requests().add(free, RemoteScene.wish(urls));
    scene.add(free, GOOD);
    assertThat(Refusal.of(() -> scene.add(free, GOOD))).isInstanceOf(Failure.AllowanceUsed.class);
  }

  @Test
  void refusedOnes_areNoMoreInAnHour_thanMayWait() {
    scene.domain.remote().close();
    Access free = scene.account(Plan.FREE);
    String[] urls = new String[500];
    Arrays.fill(urls, NONE);
    scene.add(free, urls);
    assertThat(Refusal.of(() -> scene.add(free, GOOD, NONE))).isEqualTo(TOO_MANY_UNTRIED);
    scene.add(free, GOOD);
    scene.clock.advance(Duration.ofHours(1));
    scene.add(free, GOOD, NONE);
  }

  @Test
  void calledOffUntried_areNoMoreInAnHour_thanMayWait() {
    scene.domain.remote().close();
    Access free = scene.account(Plan.FREE);
    String[] urls = new String[500];
    Arrays.setAll(urls, i -> GOOD + i);
    for (int i = 0; i < 2; i++) {
      RemoteRequests.Added added = scene.requests().add(free, RemoteScene.wish(urls));
      scene.requests().cancel(free, added.id());
    }
    assertThat(Refusal.of(() -> scene.add(free, GOOD))).isEqualTo(TOO_MANY_UNTRIED);
    scene.clock.advance(Duration.ofHours(1));
    scene.add(free, GOOD);
  }

  /** Each time that they fail they are told, which once filled the outbox. */
  @Test
  void askedForAgain_areNoMoreInAnHour_thanMayWait() {
    scene.domain.remote().close();
    Access free = scene.account(Plan.FREE);
    String[] urls = new String[300];
    Arrays.setAll(urls, i -> GOOD + i);
    long id = scene.add(free, urls);
    fail(id);
    assertThat(scene.requests().retry(free, id)).isEqualTo(300);
    fail(id);
    assertThat(Refusal.of(() -> scene.requests().retry(free, id)))
        .isEqualTo(
            new Failure.AllowanceUsed(
                "No more than 500 sources may be asked for again within 60 minutes",
                Duration.ofHours(1)));
    assertThat(scene.requests().get(free, id).request().ended()).isPresent();
    scene.clock.advance(Duration.ofHours(1));
    assertThat(scene.requests().retry(free, id)).isEqualTo(300);
  }

  /** A clock that was ahead for a moment refused both until that time had come. */
  @Test
  void whatAClockAheadCounted_countsNoLonger_whenItGoesBack() {
    scene.domain.remote().close();
    Access free = scene.account(Plan.FREE);
    String[] urls = new String[500];
    Arrays.fill(urls, NONE);
    scene.clock.advance(Duration.ofDays(365));
    long id = scene.add(free, Arrays.copyOf(urls, 400));
    assertThat(scene.requests().retry(free, id)).isEqualTo(400);
    fail(id);
    assertThat(Refusal.of(() -> scene.requests().retry(free, id)))
        .isInstanceOf(Failure.AllowanceUsed.class);
    scene.add(free, urls);
    scene.clock.advance(Duration.ofDays(-365));
    scene.add(free, GOOD, NONE);
    assertThat(scene.requests().retry(free, id)).isEqualTo(400);
  }

  private void fail(long request) {
    scene.database.change(sql ->
        sql.update(
            """
            UPDATE remote_fetches SET state = 'failed', claim = claim + 1, ended_at = ?
            WHERE request_id = ?
            """,
            scene.clock.instant(),
            request));
  }

  /** A password in an address that is refused is as secret as in one that is not. */
  @Test
  void refusedText_isSealed_andInNoMessage() {
    RemoteRequests.Added added = add(GOOD, WITH_PASSWORD);
    scene.awaitEnd(alice, added.id());
    assertThat(added.toString()).doesNotContain("hush");
    String stored =
        scene.database.read(sql ->
            String.join(
                "\n",
                sql.list(
                    "SELECT source || name || reason AS line FROM remote_fetches",
                    row -> row.text("line"))));
    assertThat(stored).contains("must not hold a user").doesNotContain("hush");
  }

  /** What is no address has no part of which it is known that it holds no secret. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://alice:hush/2@source.example.org/a.zip",
        "https://alice:p@s/hush@source.example.org/a.zip",
        "//alice:hush@source.example.org/x",
        "alice:hush@source.example.org/x",
        "source.example.org/x?token=hush",
      })
  void textThatIsNoAddress_isShownWithoutWhatMayBeSecret(String secret) {
    RemoteRequests.Added added = add(GOOD, secret);
    assertThat(added.items().getLast()).isInstanceOf(Wish.Refused.class);
    assertThat(added.items().getLast().shown()).doesNotContain("hush").isNotEmpty();
    FetchInfo shown = scene.awaitEnd(alice, added.id()).getLast();
    assertThat(shown.source()).isEqualTo(added.items().getLast().shown());
    assertThat(shown.reason()).doesNotContain("hush");
  }
}
