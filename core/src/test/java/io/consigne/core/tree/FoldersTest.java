package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Making folders and looking at them. */
class FoldersTest extends OnEachDatabase {
  private final Folders folders = host.folders;
  private final Access alice = host.newAccount();

  FoldersTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void make_folder_isInItsParent() {
    long before = host.changes(alice);
    Folder docs = folders.make(alice, FolderRef.ROOT, new FileName("Docs"));
    assertThat(docs)
        .isEqualTo(
            new Folder(
                docs.id(),
                alice.account(),
                alice.root(),
                "Docs",
                TestClock.START,
                before + 1,
                null,
                null));
    Folder notes = folders.make(alice, FolderRef.of(docs.id()), new FileName("Notes"));
    assertThat(notes.parentOrNull()).isEqualTo(docs.id());
    assertThat(notes.revision()).isEqualTo(before + 2);
    assertThat(folders.view(alice, FolderRef.of(docs.id())).folders()).containsExactly(notes);
  }

  @Test
  void make_existingName_answersThatFolder() {
    Folder first = folders.make(alice, FolderRef.ROOT, new FileName("Docs"));
    long changes = host.changes(alice);
    assertThat(folders.make(alice, FolderRef.ROOT, new FileName("Docs"))).isEqualTo(first);
    assertThat(host.changes(alice)).isEqualTo(changes);
    assertThat(folders.make(alice, FolderRef.ROOT, new FileName("docs"))).isNotEqualTo(first);
  }

  @Test
  void make_oneNameManyTimesAtOnce_oneFolder() throws Exception {
    List<Folder> made =
        AtOnce.run(20, () -> folders.make(alice, FolderRef.ROOT, new FileName("Docs")));
    assertThat(made).hasSize(20).containsOnly(made.getFirst());
    assertThat(folders.view(alice, FolderRef.ROOT).folders()).containsExactly(made.getFirst());
  }

  @Test
  void make_differentNamesAtOnce_allThere() throws Exception {
    List<FolderId> made =
        AtOnce.run(
            20, () -> host.folder(alice, Thread.currentThread().threadId() + " of the twenty"));
    assertThat(made).doesNotHaveDuplicates();
    assertThat(folders.view(alice, FolderRef.ROOT).folders())
        .extracting(Folder::id)
        .containsExactlyInAnyOrderElementsOf(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"🎬", "e\u0301", "\u202Eabc", " x ", "a\\b", "100%_'\";--", "\uFFFF"})
  void make_unicodeName_keptExactly(String name) {
    assertThat(folders.make(alice, FolderRef.ROOT, new FileName(name)).name()).isEqualTo(name);
    assertThat(folders.view(alice, FolderRef.ROOT).folders())
        .extracting(Folder::name)
        .containsExactly(name);
  }

  @Test
  void make_nestedTooDeep_conflict() {
    FolderRef parent = FolderRef.ROOT;
    for (int level = 2; level <= 200; level++) {
      parent = FolderRef.of(host.folder(alice, parent, "level " + level));
    }
    FolderRef deepest = parent;
    assertThat(Refusal.of(() -> host.folder(alice, deepest, "level 201")))
        .isEqualTo(new Failure.Conflict("Folders can be nested 200 deep, not more"));
  }

  @Test
  void make_inAFolderThatHoldsVeryMany_conflict() {
    FolderId full = host.folder(alice, "Full");
    host.database.change(sql ->
        sql.update(
            """
            INSERT INTO folders (account_id, parent_id, name, created_at, revision)
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
            SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), 'folder ' || i, 0, 1 FROM n
            """,
            alice.account().value(),
            full.value()));
    var conflict = new Failure.Conflict("A folder can hold 10000 folders, not more");
    FolderRef there = FolderRef.of(full);
    FolderRef beside = FolderRef.of(host.folder(alice, "Beside"));
    assertThat(Refusal.of(() -> host.folder(alice, there, "x"))).isEqualTo(conflict);
    assertThat(Refusal.of(() -> folders.move(alice, beside, there, null))).isEqualTo(conflict);
    FolderId seventh = host.folder(alice, there, "folder 7");
    assertThat(folders.view(alice, there).folders())
        .filteredOn(folder -> folder.id().equals(seventh))
        .singleElement()
        .extracting(Folder::name)
        .isEqualTo("folder 7");
    assertThat(folders.view(alice, there).folders()).hasSize(TreeLimits.FOLDERS_IN_A_FOLDER);
  }

  @Test
  void make_foreignOrMissingParent_notFoundAlike() {
    FolderId foreign = host.folder(host.newAccount(), "Private");
    for (FolderId parent : List.of(foreign, new FolderId(999_999_999))) {
      assertThat(Refusal.of(() -> host.folder(alice, FolderRef.of(parent), "x")))
          .isEqualTo(Refusal.NOT_FOUND);
      assertThat(Refusal.of(() -> folders.view(alice, FolderRef.of(parent))))
          .isEqualTo(Refusal.NOT_FOUND);
      assertThat(Refusal.of(() -> folders.remove(alice, FolderRef.of(parent))))
          .isEqualTo(Refusal.NOT_FOUND);
      assertThat(
              Refusal.of(
                  () -> folders.move(alice, FolderRef.of(parent), null, new FileName("mine"))))
          .isEqualTo(Refusal.NOT_FOUND);
    }
  }

  @Test
  void make_keyWithoutRight_notAllowed() {
    var reader = new Access(alice.account(), alice.plan(), Set.of(Right.READ), alice.root(), null);
    assertThat(Refusal.of(() -> host.folder(reader, "Docs")))
        .isEqualTo(new Failure.NotAllowed("this key has no right to write"));
    assertThat(folders.view(reader, FolderRef.ROOT).folders()).isEmpty();
  }

  @Test
  void view_countsWhatIsDirectlyInIt() {
    FolderId docs = host.folder(alice, "Docs");
    FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes");
    FolderId art = host.folder(alice, FolderRef.of(docs), "Art");
    host.file(alice, FolderRef.of(docs), "a", 10);
    host.file(alice, FolderRef.of(docs), "a", 20);
    host.file(alice, FolderRef.of(notes), "b", 500);
    StoredFile gone = host.file(alice, FolderRef.of(docs), "c", 1_000);
    host.files.remove(alice, List.of(gone.link()));
    FolderView view = folders.view(alice, FolderRef.of(docs));
    assertThat(view.root()).isFalse();
    assertThat(view.files()).isEqualTo(2);
    assertThat(view.sizeBytes()).isEqualTo(30);
    assertThat(view.folders()).extracting(Folder::id).containsExactly(art, notes);
    assertThat(view.sharedBy()).isEmpty();
  }

  @Test
  void view_root_isTheCallersRoot() {
    FolderView view = folders.view(alice, FolderRef.ROOT);
    assertThat(view.root()).isTrue();
    assertThat(view.folder().id()).isEqualTo(alice.root());
    assertThat(view.folder().name()).isEqualTo("Root");
    assertThat(view.files()).isZero();
    assertThat(view.sizeBytes()).isZero();
    assertThat(folders.view(alice, new FolderRef.RootOf(host.email(alice))).root()).isTrue();
  }
}
