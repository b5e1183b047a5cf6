package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Removing an account with all that it owns. */
class AccountRemovalTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final Access bob = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes");
  private final FolderId bobs = host.folder(bob, "Bob's");
  private final StoredFile file = host.file(alice, FolderRef.of(notes), "a", 10);

  AccountRemovalTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void remove_everythingOfIt_isGone() {
    String email = host.email(alice);
    ApiKey key = host.keys.regenerate(alice.account());
    host.share(alice, docs, bob, true, false);
    addUpload(alice, "upload" + alice.account());
    host.removal.remove(alice.account());
    assertThat(host.accounts.find(email)).isEmpty();
    assertThat(host.open(key, TestHost.CALLER)).isEmpty();
    for (String table : List.of("folders", "api_keys", "uploads", "folder_shares")) {
      assertThat(rows(table, alice)).as(table).isZero();
    }
    assertThat(host.number("SELECT COUNT(*) FROM folder_shares WHERE folder_id = ?", docs.value()))
        .isZero();
    assertThat(
            host.number(
                "SELECT COUNT(*) FROM files WHERE account_id = ? AND removed_at IS NULL",
                alice.account().value()))
        .isZero();
    assertThat(host.folders.view(bob, FolderRef.ROOT).foreign()).isEmpty();
    assertThat(Refusal.of(() -> host.folders.view(bob, FolderRef.of(docs))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> host.folders.view(alice, FolderRef.ROOT)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(host.files.find(alice, FileRef.of(file.link()))).isEmpty();
  }

  @Test
  void remove_itsBytes_areLeftToTheCollector() {
    host.file(alice, FolderRef.ROOT, "twice", 5, "equal");
    StoredFile twice = host.file(alice, FolderRef.ROOT, "twice", 5, "equal");
    StoredFile gone = host.file(alice, "gone", 1);
    host.files.remove(alice, List.of(gone.link()));
    host.clock.advance(Duration.ofHours(1));
    host.removal.remove(alice.account());
    for (StoredFile each : List.of(file, twice, gone)) {
      assertThat(content("refs", each)).isZero();
    }
    long now = host.clock.instant().toEpochMilli();
    assertThat(content("removed_at", file)).isEqualTo(now);
    assertThat(content("removed_at", twice)).isEqualTo(now);
    assertThat(content("removed_at", gone))
        .as("what was removed before is not kept longer")
        .isEqualTo(TestClock.START.toEpochMilli());
  }

  @Test
  void remove_whatOthersHave_staysUntouched() {
    host.share(bob, bobs, alice, true, false);
    StoredFile put = host.file(alice, FolderRef.of(bobs), "from alice", 3);
    StoredFile copy = host.copy(bob, List.of(file), FolderRef.ROOT, null).getFirst();
    addUpload(bob, "upload" + bob.account());
    long changes = host.changes(bob);
    host.removal.remove(alice.account());
    assertThat(host.files.get(bob, FileRef.of(put.link())).file()).isEqualTo(put);
    assertThat(host.files.get(bob, FileRef.of(copy.link())).file()).isEqualTo(copy);
    assertThat(content("refs", put)).isEqualTo(1);
    assertThat(content("refs", copy)).isEqualTo(1);
    assertThat(host.folders.view(bob, FolderRef.of(bobs)).shares()).isEmpty();
    assertThat(host.used(bob)).isEqualTo(13);
    assertThat(host.changes(bob)).isEqualTo(changes);
    assertThat(rows("uploads", bob)).isEqualTo(1);
  }

  @Test
  void remove_nameIsFreeAgain_andTheNewAccountSeesNothingOfTheOld() {
    String email = host.email(alice);
    host.removal.remove(alice.account());
    host.removal.remove(alice.account());
    var again = host.accounts.add(email, alice.plan(), null);
    assertThat(again.id()).isNotEqualTo(alice.account());
    assertThat(again.usedBytes()).isZero();
    Access access = Access.full(again.id(), again.plan(), again.root(), null);
    assertThat(host.folders.view(access, FolderRef.ROOT).folders()).isEmpty();
    assertThat(host.listing.everything(access, FileFilter.ALL, null).files()).isEmpty();
  }

  private void addUpload(Access access, String id) {
    host.database.change(sql -> {
      sql.update(
          "INSERT INTO uploads (id, account_id, incoming, finished_at) VALUES (?, ?, ?, ?)",
          id,
          access.account().value(),
          false,
          host.clock.instant());
      sql.update(
          "INSERT INTO upload_items (upload_id, position, name, size_bytes) VALUES (?, 0, 'a', 1)",
          id);
    });
  }

  private long rows(String table, Access access) {
    return host.number(
        "SELECT COUNT(*) FROM " + table + " WHERE account_id = ?", access.account().value());
  }

  private long content(String column, StoredFile of) {
    return host.number("SELECT " + column + " FROM contents WHERE id = ?", of.content().value());
  }
}
