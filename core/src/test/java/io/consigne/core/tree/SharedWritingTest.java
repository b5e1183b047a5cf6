package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a guest may change in a folder that another account opened to it, and who is charged. */
class SharedWritingTest extends OnEachDatabase {
  private static final Failure READ_ONLY =
      new Failure.NotAllowed("this folder is shared for reading only");

  private final Access alice = host.newAccount(Plan.PREMIUM);
  private final Access bob = host.newAccount(Plan.GOLD);
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes");
  private final StoredFile file = host.file(alice, FolderRef.of(docs), "a.txt", 10);

  SharedWritingTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void readOnly_everyChange_notAllowed() {
    host.share(alice, docs, bob, false, false);
    FolderRef in = FolderRef.of(docs);
    List<LinkId> links = List.of(file.link());
    var rename = List.of(new StoredFiles.Rename(file.link(), new FileName("b")));
    assertThat(Refusal.of(() -> host.folder(bob, in, "x"))).isEqualTo(READ_ONLY);
    assertThat(Refusal.of(() -> host.file(bob, in, "x", 1))).isEqualTo(READ_ONLY);
    assertThat(Refusal.of(() -> host.files.remove(bob, links))).isEqualTo(READ_ONLY);
    assertThat(Refusal.of(() -> host.files.rename(bob, rename))).isEqualTo(READ_ONLY);
    assertThat(Refusal.of(() -> host.files.move(bob, links, FolderRef.ROOT, null)))
        .isEqualTo(READ_ONLY);
    assertThat(Refusal.of(() -> host.files.change(bob, links, describe("x")))).isEqualTo(READ_ONLY);
    assertThat(Refusal.of(() -> host.folders.remove(bob, FolderRef.of(notes))))
        .isEqualTo(READ_ONLY);
    assertThat(Refusal.of(() -> host.folders.move(bob, FolderRef.of(notes), null, name("x"))))
        .isEqualTo(READ_ONLY);
    assertThat(host.files.get(alice, FileRef.of(file.link())).file()).isEqualTo(file);
  }

  @Test
  void writable_upload_chargesTheOwner() {
    host.share(alice, docs, bob, true, false);
    StoredFile put = host.file(bob, FolderRef.of(notes), "b.txt", 5);
    assertThat(put.account()).isEqualTo(alice.account());
    assertThat(host.used(alice)).isEqualTo(15);
    assertThat(host.used(bob)).isZero();
    long room = Plan.PREMIUM.storageBytes() - 15;
    assertThat(Refusal.of(() -> host.file(bob, FolderRef.of(notes), "c", room + 1)))
        .isEqualTo(new Failure.QuotaExceeded(room + 1, room));
  }

  @Test
  void writable_filesAndSubFolders_changeAsTheGuestWishes() {
    host.share(alice, docs, bob, true, false);
    Folder made = host.folders.make(bob, FolderRef.of(notes), name("New"));
    assertThat(made.account()).isEqualTo(alice.account());
    host.folders.move(bob, FolderRef.of(made.id()), FolderRef.of(docs), name("Newer"));
    host.files.change(bob, List.of(file.link()), describe("by bob"));
    host.files.rename(bob, List.of(new StoredFiles.Rename(file.link(), name("b.txt"))));
    host.files.remove(bob, List.of(file.link()));
    host.folders.remove(bob, FolderRef.of(made.id()));
    assertThat(host.used(alice)).isZero();
    assertThat(host.folders.view(alice, FolderRef.of(docs)).folders())
        .extracting(Folder::id)
        .containsExactly(notes);
  }

  @Test
  void writable_whoMayUseTheLink_isTheOwnersAlone() {
    host.share(alice, docs, bob, true, false);
    var owners = new Failure.NotAllowed("only its owner opens this folder to others");
    for (AttributeChange change :
        List.of(change(PasswordChange.REMOVE, null), change(PasswordChange.KEEP, AccessRules.NONE)))
      assertThat(Refusal.of(() -> host.files.change(bob, List.of(file.link()), change)))
          .isEqualTo(owners);
  }

  @Test
  void sharedFolderItself_staysWhereItsOwnerPutIt() {
    host.share(alice, docs, bob, true, false);
    var stays = new Failure.NotAllowed("a shared folder stays where its owner put it");
    FolderRef ref = FolderRef.of(docs);
    assertThat(Refusal.of(() -> host.folders.move(bob, ref, null, name("Mine")))).isEqualTo(stays);
    assertThat(Refusal.of(() -> host.folders.move(bob, ref, FolderRef.ROOT, null)))
        .isEqualTo(stays);
    assertThat(Refusal.of(() -> host.folders.remove(bob, ref))).isEqualTo(stays);
  }

  @Test
  void folder_toAnotherAccount_conflict() {
    host.share(alice, docs, bob, true, false);
    var other = new Failure.Conflict("A folder cannot be moved to another account; copy its files");
    FolderRef mine = FolderRef.of(host.folder(bob, "Mine"));
    assertThat(Refusal.of(() -> host.folders.move(bob, FolderRef.of(notes), mine, null)))
        .isEqualTo(other);
    assertThat(Refusal.of(() -> host.folders.move(bob, mine, FolderRef.of(notes), null)))
        .isEqualTo(other);
  }

  @Test
  void moveFile_intoASharedFolder_chargesThereAndReleasesHere() {
    host.share(alice, docs, bob, true, false);
    StoredFile mine = host.file(bob, "mine", 7);
    long aliceBefore = host.changes(alice);
    long bobBefore = host.changes(bob);
    StoredFile moved =
        host.files.move(bob, List.of(mine.link()), FolderRef.of(docs), null).getFirst();
    assertThat(moved.account()).isEqualTo(alice.account());
    assertThat(moved.link()).isEqualTo(mine.link());
    assertThat(moved.content()).isNotEqualTo(mine.content());
    assertThat(moved.sha256()).isEqualTo(mine.sha256());
    assertThat(host.used(alice)).isEqualTo(17);
    assertThat(host.used(bob)).isZero();
    assertThat(host.changes(alice)).isGreaterThan(aliceBefore);
    assertThat(host.changes(bob)).isGreaterThan(bobBefore);
    assertThat(host.number("SELECT refs FROM contents WHERE id = ?", mine.content().value()))
        .isZero();
  }

  @Test
  void moveFile_revisionGrows_alsoBetweenAccounts() {
    host.share(alice, docs, bob, true, false);
    for (int i = 0; i < 30; i++) {
      host.folder(alice, "folder " + i);
    }
    host.files.rename(alice, List.of(new StoredFiles.Rename(file.link(), name("b"))));
    StoredFile here = host.files.get(alice, FileRef.of(file.link())).file();
    StoredFile there = host.files.move(bob, List.of(file.link()), FolderRef.ROOT, null).getFirst();
    assertThat(there.account()).isEqualTo(bob.account());
    assertThat(there.revision()).isGreaterThan(here.revision()).isEqualTo(host.changes(bob));
    StoredFile back =
        host.files.move(bob, List.of(file.link()), FolderRef.of(docs), null).getFirst();
    assertThat(back.revision()).isGreaterThan(there.revision()).isEqualTo(host.changes(alice));
    assertThat(back.content()).isEqualTo(file.content());
  }

  @Test
  void moveFile_ownerHasNoRoom_nothingMoved() {
    host.share(alice, docs, bob, true, false);
    StoredFile big = host.file(bob, "big", Plan.PREMIUM.storageBytes());
    long room = Plan.PREMIUM.storageBytes() - 10;
    Failure refused =
        Refusal.of(() -> host.files.move(bob, List.of(big.link()), FolderRef.of(docs), null));
    assertThat(refused).isEqualTo(new Failure.QuotaExceeded(big.size(), room).untold());
    assertThat(refused.message()).as("nothing of the owner's").isEqualTo("Storage quota exceeded");
    assertThat(Refusal.of(() -> host.copy(bob, List.of(big), FolderRef.of(docs), null)).message())
        .isEqualTo("Storage quota exceeded");
    assertThat(host.files.get(bob, FileRef.of(big.link())).file()).isEqualTo(big);
    assertThat(host.used(bob)).isEqualTo(big.size());
    assertThat(host.used(alice)).isEqualTo(10);
  }

  @Test
  void unshare_endsWritingAtOnce() {
    host.share(alice, docs, bob, true, false);
    host.file(bob, FolderRef.of(docs), "b", 1);
    host.share(alice, docs, List.of());
    assertThat(Refusal.of(() -> host.file(bob, FolderRef.of(docs), "c", 1)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> host.files.remove(bob, List.of(file.link()))))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  private static FileName name(String text) {
    return new FileName(text);
  }

  private static AttributeChange describe(String description) {
    var flags = new AttributeChange.Flags(null, null, null);
    return new AttributeChange(null, description, PasswordChange.KEEP, flags, null);
  }

  private static AttributeChange change(PasswordChange password, @Nullable AccessRules rules) {
    var flags = new AttributeChange.Flags(null, null, null);
    return new AttributeChange(null, null, password, flags, rules);
  }
}
