package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Standing;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.SteppedDatabase;
import io.consigne.core.testing.Steps;
import io.consigne.core.testing.TestHost;
import io.consigne.core.uploads.Ledger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An account goes in transactions of some rows each; the host may be killed after any of them. */
class RemovalInStepsTest extends OnEachDatabase {
  private static final int FILES = 2 * OwnedRows.BATCH + 50;
  private static final int FOLDERS = OwnedRows.BATCH + 50;
  private static final int UPLOADS = 25;

  private final Access alice = host.newAccount();
  private final Access bob = host.newAccount();
  private final String email = host.email(alice);
  private final FolderId docs = host.folder(alice, "Docs");
  private final Steps steps = new Steps();
  private final AccountRemoval killed =
      new AccountRemoval(new SteppedDatabase(host.database, steps), host.contents, host.clock);

  RemovalInStepsTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void killedAfterEachTransaction_noneTakesMuch_allCountsAreExact_andTheNextStartGoesOn() {
    fill();
    ApiKey key = host.keys.regenerate(alice.account());
    StoredFile copied = host.copy(bob, List.of(anyFile()), FolderRef.ROOT, null).getFirst();
    steps.watch(step -> step.equals("committed"));

    long before = living();
    assertDies(() -> killed.remove(alice.account()));
    assertHidden(key);
    int starts = 0;
    while (rows("accounts", "id") == 1) {
      assertThat(before - living())
          .as("rows of a transaction")
          .isBetween(0L, (long) OwnedRows.BATCH);
      before = living();
      assertThat(faults()).isEmpty();
      assertHidden(key);
      assertDies(killed::round);
      starts++;
    }

    assertThat(starts).as("transactions").isBetween(7, 20);
    for (String table : List.of("folders", "api_keys", "webhooks", "messages", "uploads")) {
      assertThat(rows(table, "account_id")).as(table).isZero();
    }
    assertThat(living()).isZero();
    assertThat(
            host.number(
                "SELECT COUNT(*) FROM contents WHERE account_id = ? AND refs <> 0",
                alice.account().value()))
        .isZero();
    assertThat(host.files.get(bob, FileRef.of(copied.link())).file()).isEqualTo(copied);
    assertThat(faults()).isEmpty();
    steps.watchNoMore();
    killed.round();
    host.removal.remove(alice.account());
  }

  /** A host that was told to stop waited for all of it. */
  @Test
  void interrupted_leavesTheRestToTheRounds() {
    fill();
    ApiKey key = host.keys.regenerate(alice.account());
    long before = living();
    steps.watch(step -> {
      if (step.equals("committed")) {
        Thread.currentThread().interrupt();
      }
      return false;
    });
    assertThat(killed.remove(alice.account())).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    steps.watchNoMore();
    assertHidden(key);
    assertThat(before - living()).isBetween(0L, (long) OwnedRows.BATCH);
    host.removal.round();
    assertThat(rows("accounts", "id")).isZero();
    assertThat(host.removal.remove(alice.account())).isTrue();
  }

  private void fill() {
    FolderRef in = FolderRef.of(docs);
    for (int i = 0; i < FILES; i++) {
      host.file(alice, in, "file " + i, i % 3, "equal bytes " + i % 7);
    }
    for (int i = 0; i < FOLDERS; i++) {
      in = i % 40 == 0 ? FolderRef.of(docs) : in;
      in = FolderRef.of(host.folder(alice, in, "folder " + i));
    }
    host.share(alice, docs, bob, true, false);
    host.share(bob, host.folder(bob, "Bob's"), alice, true, false);
    host.database.change(sql -> {
      for (int i = 0; i < UPLOADS; i++) {
        sql.update(
            "INSERT INTO uploads (id, account_id, incoming, finished_at) VALUES (?, ?, ?, ?)",
            "steps" + alice.account() + "x" + i,
            alice.account().value(),
            false,
            host.clock.instant());
      }
      sql.update(
          """
          INSERT INTO webhooks (account_id, url, secret, events, created_at)
          VALUES (?, '', '', '', 0)
          """,
          alice.account().value());
    });
  }

  private StoredFile anyFile() {
    return host.listing.everything(alice, FileFilter.ALL, null).files().getFirst();
  }

  private static void assertDies(Runnable work) {
    assertThatThrownBy(work::run).isInstanceOf(DatabaseException.class);
  }

  /** As if it were gone. */
  private void assertHidden(ApiKey key) {
    assertThat(host.accounts.find(email)).isEmpty();
    assertThat(host.accounts.find("REMOVED " + alice.account())).isEmpty();
    assertThat(host.accounts.list()).noneMatch(each -> each.id().equals(alice.account()));
    assertThat(Refusal.of(() -> host.accounts.get(alice.account()))).isEqualTo(Refusal.NOT_FOUND);
    host.accounts.setDisabled(alice.account(), false);
    assertThat(host.open(key, TestHost.CALLER)).isEmpty();
    assertThat(host.keys.verify(key)).isEmpty();
    assertThat(
            host.database.<Boolean>read(
                sql -> Standing.isGood(sql, alice.byPasswordOf(1), host.clock.instant())))
        .isFalse();
    assertThat(host.folders.view(bob, FolderRef.ROOT).foreign()).isEmpty();
    assertThat(Refusal.of(() -> host.file(bob, FolderRef.of(docs), "more", 1)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(
            Refusal.of(() -> host.share(bob, bob.root(), List.of(new Share(email, true, false)))))
        .isEqualTo(new Failure.Invalid("shares", email, "must be accounts of this host"));
  }

  @Test
  void name_isFreeFromTheFirstMomentOn() {
    steps.watch(step -> step.equals("committed"));
    assertDies(() -> killed.remove(alice.account()));
    var again = host.accounts.add(email, Plan.GOLD, null);
    assertThat(host.accounts.find(email)).contains(again);
    steps.watchNoMore();
    killed.round();
    assertThat(rows("accounts", "id")).isZero();
    assertThat(host.accounts.find(email)).contains(again);
  }

  @Test
  void newFolders_thatHoldOlderOnes_goAsWell() {
    FolderId older = docs;
    for (int i = 0; i < OwnedRows.BATCH + 20; i++) {
      FolderId newer = host.folder(alice, "folder " + i);
      if (i % 100 < 90) {
        host.folders.move(alice, FolderRef.of(older), FolderRef.of(newer), null);
      }
      older = newer;
    }
    host.removal.remove(alice.account());
    assertThat(rows("folders", "account_id")).isZero();
    assertThat(rows("accounts", "id")).isZero();
  }

  @Test
  void damagedFolders_withinThemselves_orWithAnothersInThem_areNoObstacle() {
    FolderId in = host.folder(alice, FolderRef.of(docs), "In");
    FolderId bobs = host.folder(bob, "Bob's");
    host.database.change(sql -> {
      sql.update("UPDATE folders SET parent_id = ? WHERE id = ?", in.value(), docs.value());
      sql.update("UPDATE folders SET parent_id = ? WHERE id = ?", in.value(), bobs.value());
    });
    host.removal.remove(alice.account());
    assertThat(rows("accounts", "id")).isZero();
    assertThat(rows("folders", "account_id")).isZero();
    assertThat(host.number("SELECT COUNT(*) FROM folders WHERE id = ?", bobs.value())).isOne();
    host.removal.remove(bob.account());
  }

  private long living() {
    return host.number(
            "SELECT COUNT(*) FROM files WHERE account_id = ? AND removed_at IS NULL",
            alice.account().value())
        + rows("folders", "account_id");
  }

  private long rows(String table, String column) {
    return host.number(
        "SELECT COUNT(*) FROM " + table + " WHERE " + column + " = ?", alice.account().value());
  }

  private List<String> faults() {
    return Ledger.faults(host.database).stream()
        .filter(fault ->
            List.of(alice, bob).stream()
                .anyMatch(each -> fault.startsWith("account " + each.account() + " ")))
        .toList();
  }
}
