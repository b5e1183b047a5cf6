package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.KeyDay;
import io.consigne.core.testing.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is fetched counts as what is uploaded. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class FetchMeterTest {
  private static final int SIZE = 300_000;

  private final TestDatabases.Kind kind;
  @TempDir Path directory;
  private RemoteScene scene;

  @SuppressWarnings("NullAway.Init")
  FetchMeterTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    scene = new RemoteScene(kind, directory);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private long today(Access access) {
    scene.domain.transfers().write();
    return scene.number(
        "SELECT COALESCE(SUM(bytes), 0) FROM transferred WHERE direction = 'upload' AND subject ="
            + " ?",
        "account:" + access.account());
  }

  @Test
  void bytes_countToTheDayAndTheKey_alsoThoseOfATryThatBroke() {
    Access account = scene.account(Plan.FREE);
    ApiKey key = scene.domain.keys().regenerate(account.account());
    Access alice = scene.domain.keyLogins().open(key.reveal(), TestHost.CALLER).orElseThrow();
    scene.sources.serve(URL, bytes(1, SIZE)).breaksAfter(SIZE / 2);
    scene.await(alice, scene.add(alice, URL), FetchState.DONE);
    Awaitility.await().until(() -> uploaded(alice) == SIZE);
    assertThat(today(alice)).isEqualTo(SIZE);
    assertThat(scene.domain.keys().use().days(alice.account(), 1))
        .extracting(KeyDay::calls)
        .containsExactly(1L);
  }

  private long uploaded(Access access) {
    List<KeyDay> days = scene.domain.keys().use().days(access.account(), 1);
    return days.stream().mapToLong(KeyDay::uploadedBytes).sum();
  }

  @Test
  void planWithoutSuchALimit_isNotCounted() {
    Access alice = scene.account(Plan.GOLD);
    scene.sources.serve(URL, bytes(2, SIZE));
    scene.await(alice, scene.add(alice, URL), FetchState.DONE);
    assertThat(today(alice)).isZero();
  }

  @Test
  void dayThatIsUsedUp_isSaid_andTheNextOneIsWaitedFor() {
    Access alice = scene.account(Plan.FREE);
    useUp(alice);
    scene.sources.serve(URL, bytes(3, SIZE));
    long id = scene.add(alice, URL);
    awaitReason(alice, id);
    assertThat(scene.sources.requests(URL)).isEmpty();
    assertThat(scene.fetch(alice, id).nextOrNull())
        .isEqualTo(scene.clock.instant().plus(Duration.ofHours(1)));
    scene.clock.advance(Duration.ofDays(1));
    scene.await(alice, id, FetchState.DONE);
  }

  /** A restart, or another's turn, threw away what had come. */
  @Test
  void dayThatIsUsedUpAmidAFile_leavesWhatCame() {
    Access alice = scene.account(Plan.FREE);
    byte[] large = bytes(4, 2_000_000);
    scene.sources.serve(URL, large).breaksAfter(1_500_000).breaksAfter(0);
    long id = scene.add(alice, URL);
    scene.awaitFailedTry(alice, id, 1);
    scene.awaitRest();
    useUp(alice);
    scene.clock.advance(RemoteScene.QUICK.retries().pauses().longest());
    awaitReason(alice, id);
    scene.clock.advance(Duration.ofDays(1));
    FetchInfo done = scene.await(alice, id, FetchState.DONE);
    assertThat(scene.read(alice, done.linkOrNull())).isEqualTo(large);
    assertThat(scene.sources.requests(URL).getLast().offset()).isPositive();
  }

  private void awaitReason(Access access, long id) {
    Awaitility.await()
        .until(() ->
            scene
                .fetch(access, id)
                .reason()
                .matches("The [0-9,]+ bytes that this plan can upload in a day are used up"));
    assertThat(scene.fetch(access, id).state()).isEqualTo(FetchState.QUEUED);
  }

  private void useUp(Access access) {
    scene.database.change(sql ->
        sql.update(
            "INSERT INTO transferred (subject, direction, day, bytes) VALUES (?, 'upload', ?, ?)",
            "account:" + access.account(),
            scene.clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds(),
            Plan.FREE.storageBytes()));
  }
}
