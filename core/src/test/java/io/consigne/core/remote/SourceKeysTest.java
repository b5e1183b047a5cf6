package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.testing.Refusal;
import io.consigne.core.tree.FolderRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A key is sent to the source that it is for, and to no other one of its request. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class SourceKeysTest {
  private static final String ONE = "https://one.example.org/?abc";
  private static final String TWO = "https://two.example.org/?abc";
  private static final String FORBIDDEN = "https://one.example.org:22/?abc";
  private static final String PLAIN = "https://three.example.org/file";

  private final TestDatabases.Kind kind;
  @TempDir Path directory;
  private RemoteScene scene;

  @SuppressWarnings("NullAway.Init")
  SourceKeysTest(TestDatabases.Kind kind) {
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

  private static Wish.Source source(String url) {
    return new Wish.Source(SourceUrl.parse(url), null);
  }

  private String stored() {
    return scene.database.read(sql ->
        String.join(
            "\n",
            sql.list(
                """
                SELECT source || COALESCE(headers, '') AS line FROM remote_fetches
                UNION ALL SELECT COALESCE(headers, '') FROM remote_requests
                """,
                row -> row.text("line"))));
  }

  @Test
  void key_goesToItsSourceAlone_besideTheHeadersOfAll() throws Exception {
    Access alice = scene.account(Plan.PREMIUM);
    var held = scene.sources.serve(ONE, bytes(1, 1000)).heldAt(1);
    scene.sources.serve(TWO, bytes(2, 1000));
    scene.sources.serve(PLAIN, bytes(3, 1000));
    var common = Map.of("Referer", "https://example.org/", "Authorization", "Basic abcd");
    var wish =
        new Wish(
            List.of(source(ONE).with("canary1"), source(TWO).with("canary2"), source(PLAIN)),
            SourceHeaders.of(common),
            FolderRef.ROOT);
    assertThat(wish.toString()).doesNotContain("canary");
    long id = scene.requests().add(alice, wish).id();
    held.awaitHeld();
    assertThat(stored()).doesNotContain("canary");
    held.release();
    scene.awaitEnd(alice, id);
    for (Map.Entry<String, String> sent :
        Map.of(ONE, "Bearer canary1", TWO, "Bearer canary2", PLAIN, "Basic abcd").entrySet()) {
      assertThat(scene.sources.requests(sent.getKey()).getFirst().headers())
          .isEqualTo(
              SourceHeaders.of(
                  Map.of("Referer", "https://example.org/", "Authorization", sent.getValue())));
    }
    assertThat(
            scene.number(
                """
                SELECT COUNT(*) FROM remote_fetches f JOIN remote_requests r ON r.id = f.request_id
                WHERE f.headers IS NOT NULL OR r.headers IS NOT NULL
                """))
        .as("secrets that are not needed any more")
        .isZero();
  }

  /** Once the page of the link was fetched in place of its file. */
  @Test
  void refusedSource_keepsItsKey_andTheHeadersOfAll_forWhenItIsAskedForAgain() {
    Access alice = scene.account(Plan.PREMIUM);
    scene.sources.serve(FORBIDDEN, bytes(1, 1000));
    scene.sources.serve(PLAIN, bytes(3, 1000));
    var wish =
        new Wish(
            List.of(source(FORBIDDEN).with("canary1"), source(PLAIN)),
            SourceHeaders.of(Map.of("Referer", "https://example.org/")),
            FolderRef.ROOT);
    RemoteRequests.Added added = scene.requests().add(alice, wish);
    assertThat(added.toString()).doesNotContain("canary");
    assertThat(scene.awaitEnd(alice, added.id()))
        .extracting(FetchInfo::state)
        .containsExactly(FetchState.FAILED, FetchState.DONE);
    assertThat(stored()).doesNotContain("canary");
    assertThat(scene.requests().retry(alice, added.id())).isEqualTo(1);
    FetchInfo again = scene.awaitEnd(alice, added.id()).getFirst();
    assertThat(scene.read(alice, again.linkOrNull())).isEqualTo(bytes(1, 1000));
    assertThat(scene.sources.requests(FORBIDDEN))
        .extracting(request -> request.headers())
        .containsExactly(
            SourceHeaders.of(
                Map.of("Referer", "https://example.org/", "Authorization", "Bearer canary1")));
  }

  @Test
  void whatCannotBeAKey_isRefused_andNotShown() {
    Access alice = scene.account(Plan.PREMIUM);
    var wish = new Wish(List.of(source(ONE).with("a\r\nX: b")), SourceHeaders.NONE, FolderRef.ROOT);
    assertThat(Refusal.of(() -> scene.requests().add(alice, wish)))
        .isEqualTo(
            new Failure.Invalid(
                "headers", "Authorization", "must have values of one line of plain ASCII"));
  }
}
