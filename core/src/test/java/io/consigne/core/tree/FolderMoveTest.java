package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moving and renaming folders. */
class FolderMoveTest extends OnEachDatabase {
  private final Folders folders = host.folders;
  private final Access alice = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes");
  private final FolderId art = host.folder(alice, "Art");

  FolderMoveTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void move_toAnotherParent_keepsTheName() {
    Folder before = folder(notes);
    Folders.Moved moved = folders.move(alice, FolderRef.of(notes), FolderRef.of(art), null);
    assertThat(moved.before()).isEqualTo(before);
    assertThat(moved.after()).isEqualTo(folder(notes));
    assertThat(moved.after().parentOrNull()).isEqualTo(art);
    assertThat(moved.after().name()).isEqualTo("Notes");
    assertThat(moved.after().revision())
        .isEqualTo(host.changes(alice))
        .isGreaterThan(before.revision());
    assertThat(folders.view(alice, FolderRef.of(docs)).folders()).isEmpty();
  }

  @Test
  void move_nameAlone_renames() {
    folders.move(alice, FolderRef.of(notes), null, new FileName("Memos"));
    assertThat(folder(notes).name()).isEqualTo("Memos");
    assertThat(folder(notes).parentOrNull()).isEqualTo(docs);
  }

  @Test
  void move_both() {
    folders.move(alice, FolderRef.of(notes), FolderRef.ROOT, new FileName("Memos"));
    assertThat(folder(notes).name()).isEqualTo("Memos");
    assertThat(folder(notes).parentOrNull()).isEqualTo(alice.root());
  }

  @Test
  void move_asItIs_nothingChanged() {
    var nothing = new Failure.NothingChanged(Failure.NothingChanged.What.FOLDER_PLACE);
    FolderRef ref = FolderRef.of(notes);
    long changes = host.changes(alice);
    assertThat(Refusal.of(() -> folders.move(alice, ref, null, null))).isEqualTo(nothing);
    assertThat(Refusal.of(() -> folders.move(alice, ref, FolderRef.of(docs), null)))
        .isEqualTo(nothing);
    assertThat(
            Refusal.of(() -> folders.move(alice, ref, FolderRef.of(docs), new FileName("Notes"))))
        .isEqualTo(nothing);
    assertThat(host.changes(alice)).isEqualTo(changes);
  }

  @Test
  void move_intoOrBelowItself_conflict() {
    var itself = new Failure.Conflict("A folder cannot be moved into itself");
    FolderRef ref = FolderRef.of(docs);
    assertThat(Refusal.of(() -> folders.move(alice, ref, ref, null))).isEqualTo(itself);
    assertThat(Refusal.of(() -> folders.move(alice, ref, FolderRef.of(notes), null)))
        .isEqualTo(itself);
  }

  @Test
  void move_nameTaken_conflict() {
    host.folder(alice, "Notes");
    var taken = new Failure.Conflict("There is a folder of that name already: Notes");
    assertThat(Refusal.of(() -> folders.move(alice, FolderRef.of(notes), FolderRef.ROOT, null)))
        .isEqualTo(taken);
    assertThat(
            Refusal.of(() -> folders.move(alice, FolderRef.of(art), null, new FileName("Notes"))))
        .isEqualTo(taken);
  }

  @Test
  void move_root_notAllowed() {
    var stays = new Failure.NotAllowed("the root folder stays where it is");
    assertThat(Refusal.of(() -> folders.move(alice, FolderRef.ROOT, FolderRef.of(art), null)))
        .isEqualTo(stays);
    assertThat(
            Refusal.of(
                () -> folders.move(alice, FolderRef.of(alice.root()), null, new FileName("x"))))
        .isEqualTo(stays);
    assertThat(Refusal.of(() -> folders.remove(alice, FolderRef.ROOT))).isEqualTo(stays);
  }

  @Test
  void move_nestedTooDeepWithWhatItHolds_conflict() {
    FolderRef parent = FolderRef.ROOT;
    for (int level = 2; level <= 199; level++) {
      parent = FolderRef.of(host.folder(alice, parent, "level " + level));
    }
    FolderRef deep = parent;
    assertThat(Refusal.of(() -> folders.move(alice, FolderRef.of(docs), deep, null)))
        .isEqualTo(new Failure.Conflict("Folders can be nested 200 deep, not more"));
    folders.move(alice, FolderRef.of(art), deep, null);
    folders.move(alice, FolderRef.of(art), null, new FileName("Kunst"));
  }

  @Test
  void move_toForeignOrMissingFolder_notFoundAlike() {
    FolderId foreign = host.folder(host.newAccount(), "Private");
    for (FolderId to : List.of(foreign, new FolderId(999_999_999))) {
      assertThat(Refusal.of(() -> folders.move(alice, FolderRef.of(notes), FolderRef.of(to), null)))
          .isEqualTo(Refusal.NOT_FOUND);
    }
  }

  @Test
  void remove_emptyFolder_isGone() {
    long changes = host.changes(alice);
    folders.remove(alice, FolderRef.of(notes));
    assertThat(folders.view(alice, FolderRef.of(docs)).folders()).isEmpty();
    assertThat(host.changes(alice)).isEqualTo(changes + 1);
    assertThat(Refusal.of(() -> folders.remove(alice, FolderRef.of(notes))))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void remove_notEmpty_conflict() {
    assertThat(Refusal.of(() -> folders.remove(alice, FolderRef.of(docs))))
        .isEqualTo(new Failure.Conflict("The folder is not empty: it holds 1 item"));
    StoredFile file = host.file(alice, FolderRef.of(art), "a", 1);
    assertThat(Refusal.of(() -> folders.remove(alice, FolderRef.of(art))))
        .isEqualTo(new Failure.Conflict("The folder is not empty: it holds 1 item"));
    host.files.remove(alice, List.of(file.link()));
    folders.remove(alice, FolderRef.of(art));
    assertThat(host.number("SELECT COUNT(*) FROM files WHERE id = ?", file.id().value()))
        .as("the removed file's row is kept for the grace time")
        .isEqualTo(1);
  }

  @Test
  void remove_publicAndSharedFolder_isGone() {
    Access bob = host.newAccount();
    host.share(alice, art, bob, true, false);
    folders.remove(alice, FolderRef.of(art));
    assertThat(folders.view(bob, FolderRef.ROOT).foreign()).isEmpty();
  }

  private Folder folder(FolderId id) {
    return folders.view(alice, FolderRef.of(id)).folder();
  }
}
