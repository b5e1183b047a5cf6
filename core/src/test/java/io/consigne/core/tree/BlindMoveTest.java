package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a key moves that may write but not read. */
class BlindMoveTest extends OnEachDatabase {
  private static final Failure REFUSED =
      new Failure.NotAllowed(
          "this key has no right to read, and moves nothing to where more people read it");

  private final Access alice = host.newAccount();
  private final Access bob = host.newAccount();
  private final Access blind = only(alice, Right.WRITE, Right.DELETE);
  private final FolderId secret = host.folder(alice, "Private");
  private final FolderId inner = host.folder(alice, FolderRef.of(secret), "Inner");
  private final FolderId open = host.folder(alice, "Open");
  private final FolderId below = host.folder(alice, FolderRef.of(open), "Below");
  private final StoredFile file = host.file(alice, FolderRef.of(secret), "a.txt", 10);

  BlindMoveTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private static Access only(Access whole, Right... rights) {
    return new Access(whole.account(), whole.plan(), Set.of(rights), whole.root(), null);
  }

  private void publish(FolderId folder, boolean all, PasswordChange password) {
    host.sharing.change(
        alice, FolderRef.of(folder), new FolderSharing.Change(true, password, null, all));
  }

  private void moveFile(Access access, FolderId to) {
    host.files.move(access, List.of(file.link()), FolderRef.of(to), null);
  }

  private void moveFolder(Access access, FolderId folder, FolderId to) {
    host.folders.move(access, FolderRef.of(folder), FolderRef.of(to), null);
  }

  private void assertRefused(FolderId to) {
    assertThat(Refusal.of(() -> moveFile(blind, to))).isEqualTo(REFUSED);
    assertThat(Refusal.of(() -> moveFolder(blind, inner, to))).isEqualTo(REFUSED);
    assertThat(host.folders.view(alice, FolderRef.of(to)).files()).isZero();
    assertThat(host.folders.view(alice, FolderRef.of(inner)).folder().parentOrNull())
        .isEqualTo(secret);
  }

  @Test
  void ontoAPublicAddress_refused() {
    publish(open, true, PasswordChange.KEEP);
    assertRefused(open);
    assertRefused(below);
  }

  @Test
  void toWhomAFolderIsShared_refused() {
    host.share(alice, open, bob, false, true);
    assertRefused(open);
    assertRefused(below);
  }

  /** An address of files alone shows what is directly in its folder. */
  @Test
  void ontoAnAddressOfFiles_aFileIsRefused_aFolderIsNot() {
    publish(open, false, PasswordChange.KEEP);
    assertThat(Refusal.of(() -> moveFile(blind, open))).isEqualTo(REFUSED);
    moveFolder(blind, inner, open);
    moveFile(blind, below);
  }

  @Test
  void fromHiddenLinksToShownOnes_refused() {
    host.share(alice, alice.root(), bob, false, false);
    host.share(alice, secret, bob, false, true);
    assertThat(Refusal.of(() -> moveFile(blind, open))).isEqualTo(REFUSED);
  }

  @Test
  void outFromBehindAPassword_refused() {
    publish(alice.root(), true, PasswordChange.KEEP);
    publish(secret, false, new PasswordChange.Set("hash"));
    assertThat(Refusal.of(() -> moveFile(blind, open))).isEqualTo(REFUSED);
    assertThat(Refusal.of(() -> moveFolder(blind, inner, open))).isEqualTo(REFUSED);
  }

  @Test
  void toAnotherOwner_refused_evenWhereItMayWrite() {
    FolderId theirs = host.folder(bob, "Drop");
    host.share(bob, theirs, alice, true, false);
    assertThat(Refusal.of(() -> moveFile(blind, theirs))).isEqualTo(REFUSED);
  }

  @Test
  void whereTheSameOrFewerRead_isMoved() {
    publish(alice.root(), true, PasswordChange.KEEP);
    host.share(alice, alice.root(), bob, false, false);
    host.share(alice, open, bob, false, true);
    moveFile(blind, open);
    moveFile(blind, below);
    moveFolder(blind, inner, below);
    assertThat(Refusal.of(() -> moveFile(blind, secret))).as("with its link").isEqualTo(REFUSED);
  }

  @Test
  void aKeyThatReads_andTheOwner_moveItAnywhere() {
    publish(open, true, PasswordChange.KEEP);
    host.share(alice, open, bob, false, false);
    moveFile(only(alice, Right.WRITE, Right.READ), below);
    moveFolder(alice, inner, open);
    assertThat(host.folders.view(alice, FolderRef.of(below)).files()).isEqualTo(1);
  }

  @Test
  void aNewName_isNoMove() {
    publish(secret, true, PasswordChange.KEEP);
    host.files.move(blind, List.of(file.link()), FolderRef.of(secret), new FileName("b.txt"));
    host.folders.move(blind, FolderRef.of(inner), FolderRef.of(secret), new FileName("Other"));
    assertThat(host.folders.view(alice, FolderRef.of(secret)).files()).isEqualTo(1);
  }
}
