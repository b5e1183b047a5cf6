package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.Folder;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.StoredFile;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Public addresses that open what lies below their folder, too. */
class PublicBelowTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes");
  private final FolderId old = host.folder(alice, FolderRef.of(notes), "Old");
  private final FolderId secret = host.folder(alice, FolderRef.of(docs), "Secret");
  private final FolderId inSecret = host.folder(alice, FolderRef.of(secret), "Inside");
  private final FolderId beside = host.folder(alice, "Beside");
  private final StoredFile deep = host.file(alice, FolderRef.of(old), "deep", 1);
  private final PublicFolders folders =
      new PublicFolders(host.sharing, host.listing, host.guard, host.clock);

  PublicBelowTest(TestDatabases.Kind kind) {
    super(kind);
    var password = new PasswordChange.Set(host.passwords.hash("secret6"));
    share(secret, new FolderSharing.Change(true, password, null));
  }

  @Test
  void below_isWalkedInto_withTheWayBack() {
    String token = publish(docs, true);
    assertThat(token).matches("[0-9A-Za-z]{12}");
    PublicFolders.Opened top = open(token, null);
    assertThat(names(folders.folders(top, ""))).containsExactly("Notes");
    assertThat(folders.folders(top, "Notes")).isEmpty();
    assertThat(folders.countFolders(top)).isEqualTo(2);
    PublicFolders.Opened opened = open(token, old);
    assertThat(names(opened.way())).containsExactly("Notes", "Old");
    assertThat(opened.folder().id()).isEqualTo(old);
    assertThat(folders.files(opened, null).files()).containsExactly(deep);
  }

  @Test
  void outside_foreignMissingAndLocked_areAlike() {
    String token = publish(docs, true);
    Access bob = host.newAccount();
    FolderId foreign = host.folder(bob, "Docs");
    FolderId missing = new FolderId(1_000_000);
    for (FolderId folder :
        List.of(docs, alice.root(), beside, foreign, missing, secret, inSecret)) {
      assertThat(Refusal.of(() -> open(token, folder))).isEqualTo(Refusal.NOT_FOUND);
    }
  }

  /** Between two pages of a listing. */
  @Test
  void folderThatIsLocked_orMovedAway_hasNoNextPage() {
    String token = publish(docs, true);
    PublicFolders.Opened opened = open(token, old);
    assertThat(folders.files(opened, deep.id()).files()).isEmpty();
    var password = new PasswordChange.Set(host.passwords.hash("secret6"));
    share(notes, new FolderSharing.Change(true, password, null));
    assertThat(Refusal.of(() -> folders.files(opened, deep.id()))).isEqualTo(Refusal.NOT_FOUND);
    share(notes, new FolderSharing.Change(null, PasswordChange.REMOVE, null));
    assertThat(folders.files(opened, deep.id()).files()).isEmpty();
    host.folders.move(alice, FolderRef.of(old), FolderRef.of(beside), null);
    assertThat(Refusal.of(() -> folders.files(opened, deep.id()))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void addressOfFilesAlone_opensNoFolder() {
    String token = publish(docs, null);
    assertThat(Refusal.of(() -> open(token, notes))).isEqualTo(Refusal.NOT_FOUND);
    PublicFolders.Opened top = open(token, null);
    assertThat(folders.folders(top, "")).isEmpty();
    assertThat(folders.countFolders(top)).isEqualTo(2);
  }

  /** Who has an address never sees more than when it was given out. */
  @Test
  void moreOrLess_isAnotherAddress() {
    String files = publish(docs, null);
    String below = publish(docs, true);
    assertThat(Refusal.of(() -> open(files, null))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(publish(docs, null)).isEqualTo(below);
    assertThat(publish(docs, true)).isEqualTo(below);
    assertThat(publish(docs, false)).matches("[0-9A-Za-z]{8}").isNotEqualTo(files);
    assertThat(Refusal.of(() -> open(below, null))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void passwordOfThePublicFolder_isAskedForInside() {
    var password = new PasswordChange.Set(host.passwords.hash("secret7"));
    String token = share(docs, new FolderSharing.Change(true, password, null, true));
    assertThat(Refusal.of(() -> open(token, old))).isEqualTo(new Failure.PasswordMissing());
    assertThat(Refusal.of(() -> open(token, beside))).isEqualTo(new Failure.PasswordMissing());
    assertThat(open(token, old, "secret7").folder().id()).isEqualTo(old);
  }

  @Test
  void folderThatIsMovedAway_isOpenNoLonger() {
    String token = publish(docs, true);
    PublicFolders.Opened opened = open(token, old);
    host.folders.move(alice, FolderRef.of(old), FolderRef.of(beside), null);
    assertThat(Refusal.of(() -> open(token, old))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> folders.files(opened, null))).isEqualTo(Refusal.NOT_FOUND);
  }

  /** Closing it took its password, and whoever had the address above could read it. */
  @Test
  void lockedFolder_isClosed_onlyWhereNoneAboveWouldOpenIt() {
    String token = publish(docs, true);
    refuseToClose(secret);
    assertThat(Refusal.of(() -> open(token, inSecret))).isEqualTo(Refusal.NOT_FOUND);
    host.folders.move(alice, FolderRef.of(secret), FolderRef.of(notes), null);
    refuseToClose(secret);
    publish(docs, false);
    close(secret);
    assertThat(Refusal.of(() -> open(token, secret))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void lockedFolder_isClosed_whereItIsMovedAway() {
    String token = publish(docs, true);
    host.folders.move(alice, FolderRef.of(secret), FolderRef.of(beside), null);
    close(secret);
    assertThat(Refusal.of(() -> open(token, secret))).isEqualTo(Refusal.NOT_FOUND);
  }

  /** What lies in a locked folder is kept out by that, unless its own address opens it. */
  @Test
  void lockedFolder_inALockedOne_isClosed_unlessThatOpensIt() {
    String token = publish(docs, true);
    lock(inSecret);
    close(inSecret);
    assertThat(Refusal.of(() -> open(token, inSecret))).isEqualTo(Refusal.NOT_FOUND);
    lock(inSecret);
    publish(secret, true);
    refuseToClose(inSecret);
  }

  private void lock(FolderId folder) {
    var password = new PasswordChange.Set(host.passwords.hash("secret8"));
    share(folder, new FolderSharing.Change(true, password, null));
  }

  private void close(FolderId folder) {
    var closed = new FolderSharing.Change(false, PasswordChange.KEEP, null);
    assertThat(host.sharing.change(alice, FolderRef.of(folder), closed).shareToken()).isEmpty();
  }

  private void refuseToClose(FolderId folder) {
    assertThat(Refusal.of(() -> close(folder)))
        .isEqualTo(
            new Failure.Conflict(
                "A folder above this one is public with all folders inside, and only the password"
                    + " of this one keeps it out: end that address first, or make it one of files"
                    + " alone"));
  }

  private static List<String> names(List<Folder> some) {
    return some.stream().map(Folder::name).toList();
  }

  private PublicFolders.Opened open(String token, @Nullable FolderId inside) {
    return open(token, inside, null);
  }

  private PublicFolders.Opened open(
      String token, @Nullable FolderId inside, @Nullable String password) {
    var visitor = new Visitor(null, InetAddress.getLoopbackAddress(), password);
    return folders.open(token, inside, visitor);
  }

  private String publish(FolderId folder, @Nullable Boolean below) {
    return share(folder, new FolderSharing.Change(true, PasswordChange.KEEP, null, below));
  }

  private String share(FolderId folder, FolderSharing.Change change) {
    return host.sharing.change(alice, FolderRef.of(folder), change).shareToken().orElseThrow();
  }
}
