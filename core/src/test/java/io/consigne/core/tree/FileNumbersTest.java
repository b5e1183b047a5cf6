package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.OnEachDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What files and contents are numbered by. */
class FileNumbersTest extends OnEachDatabase {
  private static final String MOST = "UPDATE folders SET numbers = 4294967295 - ? WHERE id = ?";

  private final Access alice = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId notes = host.folder(alice, "Notes");

  FileNumbersTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void filesOfFoldersThatAreFilledInTurns_standTogether() {
    for (int i = 0; i < 3; i++) {
      for (FolderId folder : List.of(docs, notes)) {
        StoredFile file = host.file(alice, FolderRef.of(folder), "file " + i, 1);
        long number = (folder.value() << 32) + i;
        assertThat(file.id().value()).isEqualTo(number);
        assertThat(file.content().value()).isEqualTo(number);
      }
    }
  }

  @Test
  void number_isNotGivenAgain_whenItsFileHasMovedOrIsGone() {
    StoredFile moved = host.file(alice, FolderRef.of(docs), "moved", 1);
    StoredFile gone = host.file(alice, FolderRef.of(docs), "gone", 1);
    host.files.move(alice, List.of(moved.link()), FolderRef.of(notes), null);
    host.files.remove(alice, List.of(gone.link()));
    host.database.change(sql -> sql.update("DELETE FROM files WHERE id = ?", gone.id().value()));

    StoredFile next = host.file(alice, FolderRef.of(docs), "next", 1);
    assertThat(next.id().value()).isEqualTo(gone.id().value() + 1);
    assertThat(host.file(alice, FolderRef.of(notes), "first", 1).id().value())
        .isEqualTo(notes.value() << 32);
  }

  @Test
  void copiesAndFilesThatChangeHands_haveContentsOfTheirOwnNumbers() {
    Access bob = host.newAccount();
    FolderId shared = host.folder(bob, "Shared");
    host.share(bob, shared, alice, true, false);
    StoredFile file = host.file(alice, FolderRef.of(docs), "file", 1);
    StoredFile copy = host.copy(alice, List.of(file), FolderRef.of(shared), null).getFirst();
    StoredFile other = host.file(alice, FolderRef.of(docs), "other", 1);
    StoredFile given =
        host.files.move(alice, List.of(other.link()), FolderRef.of(shared), null).getFirst();

    assertThat(copy.content().value()).isEqualTo(copy.id().value());
    assertThat(given.id()).isEqualTo(other.id());
    assertThat(given.content().value()).isEqualTo(copy.id().value() + 1);
  }

  @Test
  void newestOfAName_isWhatCameLast_whereverItWasBefore() {
    StoredFile older = host.file(alice, FolderRef.of(notes), "name", 1);
    host.clock.advance(Duration.ofMillis(1));
    StoredFile newer = host.file(alice, FolderRef.of(docs), "name", 2);
    host.files.move(alice, List.of(older.link()), FolderRef.of(docs), null);

    assertThat(older.id().value()).isGreaterThan(newer.id().value());
    assertThat(
            host.files
                .get(alice, new FileRef.ByName(FolderRef.of(docs), new FileName("name")))
                .file()
                .id())
        .isEqualTo(newer.id());
  }

  @Test
  void folderWithoutNumbers_takesNoMoreFiles_andNoneOfAnotherFolder() {
    host.database.change(sql -> sql.update(MOST, 1, docs.value()));
    StoredFile last = host.file(alice, FolderRef.of(docs), "last", 1);

    assertThat(last.id().value()).isLessThan((docs.value() + 1) << 32);
    assertThatThrownBy(() -> host.file(alice, FolderRef.of(docs), "one more", 1))
        .hasMessageContaining("folder " + docs + " has no numbers left");
    assertThat(host.file(alice, FolderRef.of(notes), "elsewhere", 1).size()).isEqualTo(1);
  }
}
