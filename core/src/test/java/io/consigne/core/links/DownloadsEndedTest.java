package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.KeyChanges;
import io.consigne.core.keys.KeyRef;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.tree.StoredFiles;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends download tokens at once, also for the next range of a running transfer. */
class DownloadsEndedTest extends DownloadsFixture {
  private static final List<String> READ = List.of("read");

  private final String owners = token(alice);
  private final String strangers = token(null);

  DownloadsEndedTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @BeforeEach
  void bothAreGood() {
    assertGood(owners);
    assertGood(strangers);
  }

  private void bothAreEnded() {
    assertEnded(owners);
    assertEnded(strangers);
  }

  @Test
  void fileRemoved() {
    host.files.remove(alice, List.of(file.link()));
    bothAreEnded();
  }

  @Test
  void fileRenamed() {
    host.files.rename(alice, List.of(new StoredFiles.Rename(file.link(), new FileName("b"))));
    bothAreEnded();
  }

  @Test
  void fileMoved() {
    host.files.move(alice, List.of(file.link()), FolderRef.ROOT, null);
    bothAreEnded();
  }

  @Test
  void passwordSet() {
    change(new PasswordChange.Set("hash"), null);
    bothAreEnded();
  }

  @Test
  void rulesSet() {
    change(PasswordChange.KEEP, new AccessRules(List.of(), List.of(), List.of(), true));
    bothAreEnded();
  }

  @Test
  void keyRevoked_thatKeysAlone() {
    host.keys.revokeMaster(alice.account());
    assertEnded(owners);
    assertGood(strangers);
  }

  @Test
  void keyRegenerated_thatKeysAlone() {
    host.keys.regenerate(alice.account());
    assertEnded(owners);
    assertGood(strangers);
  }

  @Test
  void keyRotated_withoutOverlap_thatKeysAlone() {
    KeyRef master = new KeyRef.ById(host.keys.list(alice.account()).getFirst().id());
    KeyChanges changes = host.keys.changes(Actor.OPERATOR);
    changes.rotate(alice.account(), master, Duration.ofHours(1));
    assertGood(owners);
    changes.rotate(alice.account(), master, Duration.ZERO);
    assertEnded(owners);
    assertGood(strangers);
  }

  @Test
  void keyRestrictedFurther_thatKeysAlone() {
    KeyChanges changes = host.keys.changes(Actor.OPERATOR);
    KeyChanges.Made made = changes.add(alice.account(), wish("scripts", "read", "write"));
    String scripts = token(host.open(made.secret(), TestHost.CALLER).orElseThrow());
    KeyRef key = new KeyRef.ById(made.info().id());
    changes.set(alice.account(), key, wish("renamed", "read", "write"));
    assertGood(scripts);
    changes.set(alice.account(), key, wish("renamed", "read"));
    assertEnded(scripts);
    assertGood(owners);
  }

  @Test
  void keyForANetwork_elsewhere() {
    String token = token(made(new KeyWish("n", READ, null, List.of("192.0.2.0/24"), null, null)));
    assertGoodAt(HOME, token, false);
    for (boolean range : new boolean[] {false, true}) {
      assertRefused(token, caller(AWAY, null, range));
    }
  }

  @Test
  void keyThatEndsByItself() {
    String token = token(made(new KeyWish("e", READ, null, null, "10m", null)));
    host.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertGoodAt(AWAY, token, true);
    host.clock.advance(Duration.ofMillis(1));
    assertEnded(token);
    assertGoodAt(AWAY, owners, true);
  }

  @Test
  void folderMovedOutOfTheKeysFolder() {
    FolderId room = host.folder(alice, "Room");
    host.folders.move(alice, FolderRef.of(docs), FolderRef.of(room), null);
    String number = Long.toString(room.value());
    Access confined = made(new KeyWish("f", READ, number, null, null, null));
    String token = token(confined);
    assertGood(token);
    host.folders.move(alice, FolderRef.of(docs), FolderRef.ROOT, null);
    assertEnded(token);
    assertGood(owners);
  }

  private Access made(KeyWish wish) {
    KeyChanges.Made made = host.keys.changes(Actor.OPERATOR).add(alice.account(), wish);
    return host.open(made.secret(), TestHost.CALLER).orElseThrow();
  }

  private void assertGoodAt(InetAddress address, String token, boolean range) {
    assertThat(downloads.open(token, caller(address, null, range)).file().id())
        .isEqualTo(file.id());
  }

  private static KeyWish wish(String name, String... scopes) {
    return new KeyWish(name, List.of(scopes), null, null, null, null);
  }

  @Test
  void accountDisabled_alsoAfterItIsEnabledAgain() {
    host.accounts.setDisabled(alice.account(), true);
    bothAreEnded();
    host.accounts.setDisabled(alice.account(), false);
    assertEnded(owners);
    assertGood(strangers);
  }

  @Test
  void accountPasswordChanged() {
    host.accounts.setPassword(alice.account(), "hash");
    assertEnded(owners);
    assertGood(strangers);
  }

  @Test
  void visitorDisabled_itsOwnAlone() {
    Access bob = host.newAccount();
    String bobs = token(bob);
    assertGood(bobs);
    host.accounts.setDisabled(bob.account(), true);
    assertEnded(bobs);
    assertGood(owners);
  }

  @Test
  void accountRemoved() {
    host.removal.remove(alice.account());
    bothAreEnded();
  }

  @Test
  void folderNoLongerShared_theGuestsAlone() {
    Access bob = host.newAccount();
    host.share(alice, alice.root(), bob, false, false);
    String bobs = token(bob);
    assertGood(bobs);
    host.share(alice, docs, bob, false, false);
    assertGood(bobs);
    host.share(alice, docs, List.of());
    assertGood(bobs);
    host.share(alice, alice.root(), List.of());
    assertEnded(bobs);
    assertGood(owners);
    assertGood(strangers);
  }

  /** It was good for half an hour. */
  @Test
  void folderUnshared_betweenTheOpeningAndTheToken() {
    Access bob = host.newAccount();
    host.share(alice, docs, bob, false, false);
    Links.Opened opened = opened(bob);
    assertThat(opened.way()).isEqualTo(Links.Way.SHARE);
    host.share(alice, docs, List.of());
    assertEnded(token(opened, bob));
    assertGood(token(bob));
  }

  @Test
  void accountPasswordChanged_betweenTheLoginAndTheToken() {
    Access byPassword = owner.byPasswordOf(epoch());
    assertGood(token(byPassword));
    host.accounts.setPassword(alice.account(), "hash");
    assertEnded(token(byPassword));
    assertGood(token(owner.byPasswordOf(epoch())));
  }

  @Test
  void visitorDisabled_betweenTheOpeningAndTheToken() {
    Access bob = host.newAccount();
    Links.Opened opened = opened(bob);
    host.accounts.setDisabled(bob.account(), true);
    assertEnded(token(opened, bob));
  }

  private long epoch() {
    return host.number("SELECT epoch FROM accounts WHERE id = ?", owner.account().value());
  }

  /** Whom the links are not shown needs one as everybody does, and has it as everybody does. */
  @Test
  void folderNoLongerShared_notWhatItsLinkOpened() {
    Access bob = host.newAccount();
    host.share(alice, docs, bob, false, true);
    String bobs = token(bob);
    host.share(alice, docs, List.of());
    assertGood(bobs);
    change(new PasswordChange.Set("hash"), null);
    assertEnded(bobs);
  }

  @Test
  void anotherFileChanged_neither() {
    StoredFile other = host.file(alice, "b", 1);
    host.files.remove(alice, List.of(other.link()));
    host.folder(alice, "c");
    assertGood(owners);
    assertGood(strangers);
  }

  private void change(PasswordChange password, @Nullable AccessRules rules) {
    var flags = new AttributeChange.Flags(null, null, null);
    var change = new AttributeChange(null, null, password, flags, rules);
    host.files.change(alice, List.of(file.link()), change);
  }
}
