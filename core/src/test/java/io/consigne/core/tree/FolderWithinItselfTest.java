package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestHost;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged rows of folders, of which no root is above: a call once looked for their root for ever,
 * and the database's only writer with it.
 */
class FolderWithinItselfTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId deep = host.folder(alice, FolderRef.of(docs), "Deep");
  private final StoredFile file = host.file(alice, FolderRef.of(deep), "file", 7);
  private final Access bound = TestHost.within(alice, docs);

  FolderWithinItselfTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private void lie(FolderId folder, FolderId parent) {
    host.database.change(sql ->
        sql.update(
            "UPDATE folders SET parent_id = ? WHERE id = ?", parent.value(), folder.value()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void owner_doesNotFindIt_andTheRestGoesOn(boolean itself) {
    lie(docs, itself ? docs : deep);
    FolderRef lost = FolderRef.of(docs);
    assertThat(Refusal.of(() -> host.folders.view(alice, lost))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> host.folder(alice, lost, "New"))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> host.folders.move(alice, lost, FolderRef.ROOT, null)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> host.folders.remove(alice, lost))).isEqualTo(Refusal.NOT_FOUND);
    FolderRef other = FolderRef.of(host.folder(alice, "Other"));
    assertThat(Refusal.of(() -> host.folders.move(alice, other, lost, null)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(host.listing.everything(alice, FileFilter.ALL, null).files()).containsExactly(file);
  }

  @Test
  void callerWhoseRootItIs_goesOn() {
    lie(docs, docs);
    assertThat(host.listing.everything(bound, FileFilter.ALL, null).paths())
        .containsExactly(Map.entry(deep, "Deep"));
    assertThat(host.listing.confinedBytes(bound)).hasValue(7);
    FolderId made = host.folder(bound, "New");
    host.folders.move(bound, FolderRef.of(made), FolderRef.of(deep), null);
    assertThat(host.folders.view(bound, FolderRef.of(deep)).folders())
        .extracting(Folder::id)
        .containsExactly(made);
  }

  @Test
  void folderThatHoldsItsRoot_isNotMoved() {
    lie(docs, deep);
    FolderRef other = FolderRef.of(host.folder(bound, "Other"));
    assertThat(Refusal.of(() -> host.folders.move(bound, FolderRef.of(deep), other, null)))
        .isEqualTo(new Failure.Conflict("A folder cannot be moved into itself"));
  }
}
