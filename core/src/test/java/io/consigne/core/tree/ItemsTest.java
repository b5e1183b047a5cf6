package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.AccountLimits;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.uploads.Ledger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files and folders are counted; empty ones, which no quota of bytes holds back, have an end. */
class ItemsTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final Access bob = host.newAccount();

  ItemsTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @AfterEach
  void count_isExact() {
    assertThat(Ledger.faults(host.database))
        .filteredOn(fault -> fault.contains("files and folders"))
        .isEmpty();
  }

  @Test
  void everything_countsAsOne_andTheRootAsNone() {
    assertThat(host.items(alice)).isZero();
    FolderId docs = host.folder(alice, "Docs");
    StoredFile file = host.file(alice, FolderRef.of(docs), "empty", 0);
    assertThat(host.items(alice)).isEqualTo(2);
    StoredFile copy = host.copy(alice, List.of(file), FolderRef.ROOT, null).getFirst();
    host.folders.make(alice, FolderRef.ROOT, new FileName("Docs"));
    assertThat(host.items(alice)).as("a folder that was there already").isEqualTo(3);
    host.files.move(alice, List.of(copy.link()), FolderRef.of(docs), new FileName("moved"));
    assertThat(host.items(alice)).isEqualTo(3);
    host.files.remove(alice, List.of(file.link(), copy.link()));
    assertThat(host.items(alice)).isEqualTo(1);
    host.folders.remove(alice, FolderRef.of(docs));
    assertThat(host.items(alice)).isZero();
  }

  @Test
  void whatAGuestPutsIntoASharedFolder_isTheOwners() {
    FolderId docs = host.folder(alice, "Docs");
    host.share(alice, docs, bob, true, false);
    FolderId sub = host.folder(bob, FolderRef.of(docs), "Sub");
    StoredFile put = host.file(bob, FolderRef.of(sub), "from bob", 1);
    StoredFile own = host.file(bob, "own", 1);
    assertThat(host.items(alice)).isEqualTo(3);
    assertThat(host.items(bob)).isEqualTo(1);
    host.files.move(bob, List.of(own.link()), FolderRef.of(sub), null);
    assertThat(host.items(alice)).isEqualTo(4);
    assertThat(host.items(bob)).isZero();
    host.files.move(bob, List.of(put.link()), FolderRef.ROOT, null);
    assertThat(host.items(alice)).isEqualTo(3);
    assertThat(host.items(bob)).isEqualTo(1);
  }

  @Test
  void fullAccount_takesNothingMore_whoeverPutsItThere_andSaysWhatToDo() {
    FolderId docs = host.folder(alice, "Docs");
    host.share(alice, docs, bob, true, false);
    StoredFile file = host.file(alice, "a", 0);
    StoredFile bobs = host.file(bob, "b", 0);
    allow(alice, 2);
    FolderRef in = FolderRef.of(docs);
    var full = new Failure.TooManyItems(2);
    assertThat(full.message())
        .isEqualTo(
            "Quota exceeded: an account can hold 2 files and folders; remove some, or ask the"
                + " host's operator for more");
    assertThat(Refusal.of(() -> host.folder(alice, "more"))).isEqualTo(full);
    assertThat(Refusal.of(() -> host.folder(bob, in, "more"))).isEqualTo(full);
    assertThat(Refusal.of(() -> host.file(alice, "more", 0))).isEqualTo(full);
    assertThat(Refusal.of(() -> host.file(bob, in, "more", 0))).isEqualTo(full);
    assertThat(Refusal.of(() -> host.copy(alice, List.of(file), in, null))).isEqualTo(full);
    assertThat(Refusal.of(() -> host.files.move(bob, List.of(bobs.link()), in, null)))
        .isEqualTo(full);
    assertThat(host.items(alice)).isEqualTo(2);
    assertThat(host.items(bob)).isEqualTo(1);
    host.files.move(alice, List.of(file.link()), in, null);
    host.files.remove(alice, List.of(file.link()));
    assertThat(host.folder(alice, "more")).isNotNull();
  }

  @Test
  void copies_asAWholeOrNotAtAll() {
    StoredFile file = host.file(alice, "a", 5);
    allow(alice, 3);
    long changes = host.changes(alice);
    assertThat(Refusal.of(() -> host.copy(alice, List.of(file, file, file), FolderRef.ROOT, null)))
        .isEqualTo(new Failure.TooManyItems(3));
    assertThat(host.items(alice)).isEqualTo(1);
    assertThat(host.used(alice)).isEqualTo(5);
    assertThat(host.changes(alice)).isEqualTo(changes);
    host.copy(alice, List.of(file, file), FolderRef.ROOT, null);
    assertThat(host.items(alice)).isEqualTo(3);
  }

  @Test
  void manyAtOnce_neverOvershoot() throws Exception {
    allow(alice, 4);
    List<Boolean> made = AtOnce.run(10, new Made()::more);
    assertThat(made.stream().filter(each -> each)).hasSize(4);
    assertThat(host.items(alice)).isEqualTo(4);
  }

  @Test
  void limit_isThatOfTheTable_unlessTheOperatorSetAnother() {
    assertThat(AccountLimits.ITEMS).isEqualTo(5_000_000);
    setItems(alice, AccountLimits.ITEMS - 1);
    host.file(alice, "last", 0);
    assertThat(Refusal.of(() -> host.file(alice, "more", 0)))
        .isEqualTo(new Failure.TooManyItems(5_000_000));
    allow(alice, 5_000_001);
    host.file(alice, "more", 0);
    setItems(alice, 2);
  }

  private void setItems(Access access, long items) {
    host.database.change(sql ->
        sql.update("UPDATE accounts SET items = ? WHERE id = ?", items, access.account().value()));
  }

  private void allow(Access access, long items) {
    host.accounts.setAllowance(access.account(), allowance -> allowance.withItems(items));
  }

  /** Makes a folder of another name each time. */
  private final class Made {
    private int count;

    boolean more() {
      String name;
      synchronized (this) {
        count++;
        name = "folder " + count;
      }
      try {
        host.folder(alice, name);
        return true;
      } catch (FailureException e) {
        assertThat(e.failure()).isEqualTo(new Failure.TooManyItems(4));
        return false;
      }
    }
  }
}
