package io.consigne.core.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.KeyChanges;
import io.consigne.core.keys.KeyRef;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.testing.Refusal;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.Share;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What accounts are told, and what they are not. */
class EventsTest extends OnEachHookScene {
  EventsTest(TestDatabases.Kind kind) {
    super(kind);
  }

  /** The events so far, oldest first. */
  private List<String> told(Access access) {
    return scene.log(access).reversed().stream().map(Delivery::event).toList();
  }

  private String bodies(int posts) {
    return String.join(
        "\n", scene.await(receiver, posts).stream().map(Receiver.Post::body).toList());
  }

  @Test
  void fetches_areTold_withoutTheirSources() {
    scene.add(alice, receiver, "fetch.done", "fetch.failed");
    long good = scene.fetch(alice, "https://source.example.org/a?signature=canary2");
    HookScene.until(() -> told(alice).size() == 1);
    long bad = scene.fetch(alice, "https://source.example.org/missing?signature=canary2");
    String bodies = bodies(2);
    assertThat(bodies)
        .contains(
            "\"data\":{\"request\":" + good + ",\"position\":0,\"name\":\"fetched.txt\",\"bytes\":",
            "\"data\":{\"request\":"
                + bad
                + ",\"position\":0,\"name\":\"\",\"reason\":\"There is no such file\"}")
        .doesNotContain("canary", "source.example.org");
    assertThat(told(alice)).containsExactly("fetch.done", "fetch.failed");
  }

  /** As soon as the request is made. */
  @Test
  void refusedSource_isToldAsOneThatFailed() {
    scene.add(alice, receiver, "fetch.failed");
    long request =
        scene.fetch(alice, FolderRef.ROOT, "https://source.example.org/a", "gopher:canary");
    assertThat(told(alice)).containsExactly("fetch.failed");
    assertThat(bodies(1))
        .contains("\"data\":{\"request\":" + request + ",\"position\":1,\"name\":\"\",\"reason\":")
        .doesNotContain("gopher", "canary");
  }

  /** A fetch enters a file as an upload does, and is told once. */
  @Test
  void fetch_isNoUpload_andCallingItOffIsNoEnd() {
    scene.add(alice, receiver);
    scene.fetch(alice, "https://source.example.org/a");
    HookScene.until(() -> !told(alice).isEmpty());
    scene.upload(alice, "a", "a");
    bodies(2);
    assertThat(told(alice)).containsExactly("fetch.done", "upload.done");
  }

  @Test
  void keys_areTold_withoutASecret() {
    scene.add(alice, receiver);
    KeyChanges keys = scene.domain.keys().changes(alice.actor());
    ApiKey master = keys.regenerate(alice.account());
    var wish = new KeyWish("laptop", List.of("read"), null, null, null, null);
    KeyChanges.Made made = keys.add(alice.account(), wish);
    KeyRef laptop = KeyRef.parse("laptop");
    keys.set(alice.account(), laptop, new KeyWish(null, null, null, null, null, 5L));
    KeyChanges.Made young = keys.rotate(alice.account(), laptop, Duration.ofHours(1));
    keys.revoke(alice.account(), laptop);
    assertThat(keys.revokeFound(master)).isTrue();
    keys.regenerate(alice.account());
    keys.revokeMaster(alice.account());
    assertThat(told(alice))
        .containsExactly(
            "key.regenerated",
            "key.made",
            "key.changed",
            "key.rotated",
            "key.revoked",
            "key.reported",
            "key.regenerated",
            "key.revoked");
    String bodies = bodies(8);
    assertThat(bodies).contains("\"kind\":\"restricted\",\"name\":\"laptop\"}");
    for (ApiKey secret : List.of(master, made.secret(), young.secret())) {
      assertThat(bodies).doesNotContain(secret.reveal(), secret.toString().replace("…", ""));
    }
  }

  private void use(Access access, long bytes) {
    scene.database.change(sql ->
        sql.update(
            "UPDATE accounts SET used_bytes = ? WHERE id = ?", bytes, access.account().value()));
  }

  @Test
  void quota_isWarnedOfOnce_andAgainAfterItFell() {
    scene.add(alice, receiver, "quota.warning");
    long line = Plan.PREMIUM.storageBytes() / 10 * 9;
    use(alice, line - 10);
    scene.upload(alice, "a", "123456789");
    assertThat(told(alice)).isEmpty();
    LinkId crossing = scene.upload(alice, "b", "1").kept().getFirst().link();
    scene.upload(alice, "c", "123");
    assertThat(told(alice)).hasSize(1);
    scene.domain.files().remove(alice, List.of(crossing));
    scene.upload(alice, "d", "1");
    assertThat(told(alice)).as("it never fell below").hasSize(1);
    use(alice, line - 1);
    scene.upload(alice, "e", "12");
    assertThat(told(alice)).hasSize(2);
    assertThat(bodies(2))
        .contains(
            "\"data\":{\"used_bytes\":%d,\"allowed_bytes\":%d,\"percent\":90}"
                .formatted(line, Plan.PREMIUM.storageBytes()),
            "\"data\":{\"used_bytes\":" + (line + 1));
  }

  @Test
  void lesserPlan_crossesTheLine_andNoLineIsCrossedWithoutOne() {
    scene.add(alice, receiver, "quota.warning");
    use(alice, Plan.FREE.storageBytes());
    scene.domain.accounts().setPlan(alice.account(), Plan.GOLD);
    assertThat(told(alice)).isEmpty();
    scene.domain.accounts().setPlan(alice.account(), Plan.FREE);
    assertThat(told(alice)).containsExactly("quota.warning");
  }

  @Test
  void whatDoesNotHappen_isNotTold() {
    scene.add(alice, receiver);
    use(alice, Plan.PREMIUM.storageBytes());
    assertThat(scene.upload(alice, "a", "too much").kept()).isEmpty();
    var alsoTaken = new KeyWish("one", List.of("read"), null, null, null, null);
    KeyChanges keys = scene.domain.keys().changes(alice.actor());
    keys.add(alice.account(), alsoTaken);
    Refusal.of(() -> keys.add(alice.account(), alsoTaken));
    assertThat(told(alice)).containsExactly("key.made");
  }

  @Test
  void filesOfOthers_areToldToNobodyElse() {
    scene.add(alice, receiver);
    Access bob = scene.account(Plan.PREMIUM);
    scene.upload(bob, "a", "a");
    scene.upload(alice, "mine", "a");
    scene.await(receiver, 1);
    assertThat(receiver.posts().getFirst().body()).contains("\"name\":\"mine\"");
    assertThat(told(alice)).hasSize(1);
    assertThat(told(bob)).isEmpty();
  }

  /** A folder of alice that bob may write into. */
  private FolderId sharedWith(Access bob) {
    FolderId folder =
        scene.domain.folders().make(alice, FolderRef.ROOT, new FileName("Shared")).id();
    var share = new Share(scene.email(bob), true, false);
    var change = new FolderSharing.Change(null, PasswordChange.KEEP, List.of(share));
    scene.domain.sharing().change(alice, FolderRef.of(folder), change);
    return folder;
  }

  @Test
  void uploadIntoAnothersFolder_isToldToItsOwner_andToWhoSentIt() {
    Access bob = scene.account(Plan.PREMIUM);
    FolderId folder = sharedWith(bob);
    scene.add(alice, receiver);
    scene.add(bob, receiver, "upload.done");
    scene.upload(bob, FolderRef.of(folder), "a", "a");
    scene.upload(bob, FolderRef.ROOT, "own", "a");
    String head = "\"data\":{\"folder_id\":" + folder.value() + ",\"count\":1,\"bytes\":1,";
    String shared = "\"sharing_user\":\"" + scene.email(alice) + "\"}";
    List<String> bodies = scene.await(receiver, 3).stream().map(Receiver.Post::body).toList();
    assertThat(bodies).hasSize(3);
    assertThat(bodies)
        .filteredOn(body -> body.contains(head))
        .hasSize(2)
        .satisfiesOnlyOnce(body -> assertThat(body).contains(shared));
    assertThat(told(alice)).containsExactly("upload.done");
    assertThat(told(bob)).containsExactly("upload.done", "upload.done");
  }

  /** Its account hears of the fetch; the owner of the folder hears that a file is there. */
  @Test
  void fetchIntoAnothersFolder_isAnUploadToItsOwner() {
    Access bob = scene.account(Plan.PREMIUM);
    FolderId folder = sharedWith(bob);
    scene.add(alice, receiver);
    scene.add(bob, receiver);
    scene.fetch(bob, FolderRef.of(folder), "https://source.example.org/a?signature=canary2");
    assertThat(bodies(2))
        .contains("\"folder_id\":" + folder.value(), "\"request\":")
        .doesNotContain("canary", "source.example.org", "sharing_user");
    assertThat(told(alice)).containsExactly("upload.done");
    assertThat(told(bob)).containsExactly("fetch.done");
  }

  @Test
  void nobodyIsTold_whoseUploadWasRefused() {
    Access bob = scene.account(Plan.PREMIUM);
    FolderId folder = sharedWith(bob);
    scene.add(alice, receiver, "upload.done");
    scene.add(bob, receiver);
    use(alice, Plan.PREMIUM.storageBytes());
    assertThat(scene.upload(bob, FolderRef.of(folder), "a", "too much").kept()).isEmpty();
    assertThat(told(alice)).isEmpty();
    assertThat(told(bob)).isEmpty();
  }
}
