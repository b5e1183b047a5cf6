package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.Noted;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a folder that is opened to another account shows it. */
class SharingTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final Access bob = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes");
  private final FolderId secret = host.folder(alice, "Secret");
  private final StoredFile file = host.file(alice, FolderRef.of(notes), "a.txt", 10);

  SharingTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void share_folderAndAllBelow_isSeenByTheGuest() {
    host.share(alice, docs, bob, false, false);
    FolderView view = view(bob, FolderRef.of(docs));
    assertThat(view.sharedBy()).contains(new Share(host.email(alice), false, false));
    assertThat(view.root()).isFalse();
    assertThat(view.shares()).isEmpty();
    assertThat(view.folders()).extracting(Folder::id).containsExactly(notes);
    assertThat(view(bob, FolderRef.of(notes)).files()).isEqualTo(1);
    assertThat(listed(bob, FolderRef.of(notes)).files()).containsExactly(file);
    assertThat(host.files.get(bob, FileRef.of(file.link())))
        .isEqualTo(new StoredFiles.Reached(file, false, ""));
  }

  @Test
  void share_nothingElse_isSeenByTheGuest() {
    host.share(alice, docs, bob, true, false);
    assertThat(Refusal.of(() -> view(bob, FolderRef.of(secret)))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> view(bob, FolderRef.of(alice.root()))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> view(bob, new FolderRef.RootOf(host.email(alice)))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> view(host.newAccount(), FolderRef.of(docs))))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void share_isListedAtBothEnds() {
    host.share(alice, docs, bob, true, false);
    assertThat(view(alice, FolderRef.of(docs)).shares())
        .containsExactly(new Share(host.email(bob), true, false));
    assertThat(view(bob, FolderRef.ROOT).foreign())
        .containsExactly(
            new FolderView.ForeignFolder(
                view(alice, FolderRef.of(docs)).folder(),
                new Share(host.email(alice), true, false)));
    assertThat(view(bob, FolderRef.ROOT).folders()).isEmpty();
  }

  @Test
  void share_withWhoSeesVeryManyAlready_conflict() {
    host.share(alice, docs, bob, false, false);
    shareMany(host.newAccount(), 9_999);
    assertThat(Refusal.of(() -> host.share(alice, secret, bob, false, false)))
        .isEqualTo(
            new Failure.Conflict(
                "An account sees up to 10000 folders of others, and "
                    + host.email(bob)
                    + " has so many"));
    assertThat(view(alice, FolderRef.of(secret)).shares()).isEmpty();
    host.share(alice, docs, bob, true, false);
    assertThat(view(bob, FolderRef.ROOT).foreign()).hasSize(TreeLimits.FOREIGN_FOLDERS);
  }

  /** One account could take all 10,000 places, and nobody else could share anything any more. */
  @Test
  void share_manyWithTheSameGuest_leavesPlacesForOthers() {
    host.share(alice, docs, bob, false, false);
    shareMany(alice, TreeLimits.FOREIGN_FOLDERS_OF_ONE - 1);
    assertThat(Refusal.of(() -> host.share(alice, secret, bob, false, false)))
        .isEqualTo(
            new Failure.Conflict(
                "An account sees up to 500 folders of yours, and "
                    + host.email(bob)
                    + " has so many"));
    host.share(alice, secret, host.newAccount(), false, false);
    Access carol = host.newAccount();
    host.share(carol, host.folder(carol, "Photos"), bob, false, false);
    assertThat(view(bob, FolderRef.ROOT).foreign()).hasSize(TreeLimits.FOREIGN_FOLDERS_OF_ONE + 1);
  }

  /** From before there was a bound. */
  @Test
  void share_thatThereIs_isChanged_howeverManyThereAre() {
    host.share(alice, docs, bob, false, false);
    shareMany(alice, TreeLimits.FOREIGN_FOLDERS_OF_ONE);
    host.share(alice, docs, bob, true, false);
    assertThat(view(alice, FolderRef.of(docs)).shares())
        .containsExactly(new Share(host.email(bob), true, false));
  }

  /** Opens so many new folders of an account to Bob. */
  private void shareMany(Access owner, int count) {
    FolderId many = host.folder(owner, "Many");
    host.database.change(sql -> {
      sql.update(
          """
          INSERT INTO folders (account_id, parent_id, name, created_at, revision)
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
          SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), 'folder ' || i, 0, 1 FROM n
          """,
          count,
          owner.account().value(),
          many.value());
      sql.update(
          """
          INSERT INTO folder_shares (folder_id, account_id, rw, hide_links)
          SELECT id, CAST(? AS BIGINT), FALSE, FALSE
          FROM folders WHERE parent_id = ?
          """,
          bob.account().value(),
          many.value());
    });
  }

  @Test
  void share_root_isReachedByItsOwnersEmail() {
    host.share(alice, alice.root(), bob, false, false);
    String shouted = host.email(alice).toUpperCase(Locale.ROOT);
    FolderView view = view(bob, new FolderRef.RootOf(shouted));
    assertThat(view.folder().id()).isEqualTo(alice.root());
    assertThat(view.folders()).extracting(Folder::id).containsExactly(docs, secret);
    assertThat(view(bob, FolderRef.of(notes)).files()).isEqualTo(1);
  }

  @Test
  void rootOf_unknownEmail_notFound() {
    for (String email : List.of("nobody@example.org", "", "no\0body", host.email(alice))) {
      assertThat(Refusal.of(() -> view(bob, new FolderRef.RootOf(email))))
          .isEqualTo(Refusal.NOT_FOUND);
    }
  }

  @Test
  void hideLinks_fileIsReachedByFolderAndNameAlone() {
    host.share(alice, docs, bob, true, true);
    assertThat(view(bob, FolderRef.of(docs)).sharedBy())
        .contains(new Share(host.email(alice), false, true));
    assertThat(listed(bob, FolderRef.of(notes)).hideLinks()).isTrue();
    assertThat(Refusal.of(() -> host.files.get(bob, FileRef.of(file.link()))))
        .isEqualTo(Refusal.NOT_FOUND);
    var named = new FileRef.ByName(FolderRef.of(notes), new FileName("a.txt"));
    assertThat(host.files.get(bob, named).file()).isEqualTo(file);
    var other = new FileRef.ByName(FolderRef.of(notes), new FileName("A.txt"));
    assertThat(host.files.find(bob, other)).isEmpty();
    assertThat(listed(alice, FolderRef.of(notes)).hideLinks()).isFalse();
  }

  @Test
  void leave_endsTheGuestsShareAlone() {
    Access carol = host.newAccount();
    host.share(
        alice,
        docs,
        List.of(
            new Share(host.email(bob), false, true), new Share(host.email(carol), true, false)));
    long before = host.changes(alice);
    host.sharing.leave(bob, FolderRef.of(docs));
    assertThat(Refusal.of(() -> view(bob, FolderRef.of(notes)))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(view(bob, FolderRef.ROOT).foreign()).isEmpty();
    assertThat(view(alice, FolderRef.of(docs)).shares())
        .containsExactly(new Share(host.email(carol), true, false));
    assertThat(view(alice, FolderRef.of(notes)).files()).isEqualTo(1);
    assertThat(host.changes(alice)).isEqualTo(before + 1);
    host.sharing.leave(carol, FolderRef.of(docs));
    assertThat(view(alice, FolderRef.of(docs)).shares()).isEmpty();
    host.share(alice, docs, bob, false, false);
    assertThat(view(bob, FolderRef.of(notes)).files()).isEqualTo(1);
  }

  @Test
  void leave_isToldToTheOwner() {
    host.share(alice, docs, bob, false, false);
    host.sharing.leave(bob, FolderRef.of(docs));
    Noted noted =
        host.audit
            .list(alice.account(), Audit.Reader.OWNER, Instant.EPOCH, null, 1)
            .lines()
            .getFirst();
    assertThat(noted.action()).isEqualTo("folder.share");
    assertThat(noted.things())
        .containsExactly("folder " + docs + " Docs: left by " + host.email(bob));
  }

  @Test
  void leave_root_byItsOwnersEmail() {
    host.share(alice, alice.root(), bob, false, false);
    host.sharing.leave(bob, new FolderRef.RootOf(host.email(alice)));
    assertThat(Refusal.of(() -> view(bob, FolderRef.of(docs)))).isEqualTo(Refusal.NOT_FOUND);
  }

  /** By the nearest share alone: without it the guest would write, and see links, as above. */
  @Test
  void leave_innerShare_refusedWhileOneAboveIsShared() {
    host.share(alice, docs, bob, true, false);
    host.share(alice, notes, bob, false, true);
    assertThat(Refusal.of(() -> host.sharing.leave(bob, FolderRef.of(notes))))
        .isEqualTo(
            new Failure.NotAllowed("a folder above this one is shared with you: leave that one"));
    assertThat(view(bob, FolderRef.of(notes)).sharedBy())
        .contains(new Share(host.email(alice), false, true));
    assertThat(Refusal.of(() -> host.files.remove(bob, List.of(file.link()))))
        .isEqualTo(Refusal.NOT_FOUND);
    host.sharing.leave(bob, FolderRef.of(docs));
    host.sharing.leave(bob, FolderRef.of(notes));
    assertThat(Refusal.of(() -> view(bob, FolderRef.of(notes)))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void leave_belowTheSharedFolder_refused() {
    host.share(alice, docs, bob, false, false);
    assertThat(Refusal.of(() -> host.sharing.leave(bob, FolderRef.of(notes))))
        .isEqualTo(
            new Failure.NotAllowed("a folder above this one is shared with you: leave that one"));
    assertThat(view(bob, FolderRef.of(notes)).files()).isEqualTo(1);
  }

  @Test
  void leave_whatIsNotShared_isAsIfItWereNotThere() {
    host.share(alice, docs, bob, false, false);
    FolderId bobs = host.folder(bob, "Mine");
    for (FolderRef none :
        List.of(
            FolderRef.of(secret),
            FolderRef.of(alice.root()),
            FolderRef.of(new FolderId(999_999)),
            new FolderRef.RootOf(host.email(alice)),
            new FolderRef.RootOf("nobody@example.org"))) {
      assertThat(Refusal.of(() -> host.sharing.leave(bob, none))).isEqualTo(Refusal.NOT_FOUND);
    }
    Access confined = TestHost.within(bob, bobs);
    assertThat(Refusal.of(() -> host.sharing.leave(confined, FolderRef.of(docs))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> host.sharing.leave(bob, FolderRef.of(bobs))))
        .isEqualTo(new Failure.Conflict("This folder is your own"));
    assertThat(view(alice, FolderRef.of(docs)).shares()).hasSize(1);
  }

  @Test
  void nearestShare_counts() {
    host.share(alice, docs, bob, true, false);
    host.share(alice, notes, bob, false, true);
    assertThat(view(bob, FolderRef.of(docs)).sharedBy().orElseThrow().writable()).isTrue();
    assertThat(view(bob, FolderRef.of(notes)).sharedBy().orElseThrow().hideLinks()).isTrue();
  }

  @Test
  void change_shares_replaceThoseBefore() {
    Access carol = host.newAccount();
    host.share(alice, docs, bob, true, false);
    long before = view(alice, FolderRef.of(docs)).folder().revision();
    host.share(alice, docs, carol, false, false);
    assertThat(view(alice, FolderRef.of(docs)).shares())
        .containsExactly(new Share(host.email(carol), false, false));
    assertThat(view(alice, FolderRef.of(docs)).folder().revision())
        .isEqualTo(host.changes(alice))
        .isGreaterThan(before);
    assertThat(Refusal.of(() -> view(bob, FolderRef.of(docs)))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(view(bob, FolderRef.ROOT).foreign()).isEmpty();
  }

  @Test
  void change_sharesAbsent_leavesThem() {
    host.share(alice, docs, bob, true, false);
    host.sharing.change(
        alice, FolderRef.of(docs), new FolderSharing.Change(true, PasswordChange.KEEP, null));
    assertThat(view(bob, FolderRef.of(docs)).files()).isZero();
    host.share(alice, docs, List.of());
    assertThat(view(alice, FolderRef.of(docs)).shares()).isEmpty();
    assertThat(Refusal.of(() -> view(bob, FolderRef.of(notes)))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void share_withOneselfOrNobody_invalidAndNothingChanged() {
    host.share(alice, docs, bob, true, false);
    Failure self = Refusal.of(() -> host.share(alice, docs, alice, true, false));
    assertThat(self)
        .isEqualTo(
            new Failure.Invalid("shares", host.email(alice), "must be another account than yours"));
    var unknown = List.of(new Share("nobody@example.org", true, false));
    assertThat(Refusal.of(() -> host.share(alice, docs, unknown)).message())
        .isEqualTo("shares must be accounts of this host: nobody@example.org");
    assertThat(view(alice, FolderRef.of(docs)).shares()).hasSize(1);
  }

  @Test
  void share_foreignFolder_refusedToTheGuest() {
    host.share(alice, docs, bob, true, false);
    Access carol = host.newAccount();
    assertThat(Refusal.of(() -> host.share(bob, docs, carol, true, false)))
        .isEqualTo(new Failure.NotAllowed("only its owner opens this folder to others"));
    assertThat(Refusal.of(() -> host.share(bob, secret, carol, true, false)))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void share_ofADisabledOwner_isClosed() {
    host.share(alice, alice.root(), bob, true, false);
    host.accounts.setDisabled(alice.account(), true);
    assertThat(view(bob, FolderRef.ROOT).foreign()).isEmpty();
    assertThat(Refusal.of(() -> view(bob, FolderRef.of(docs)))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> view(bob, new FolderRef.RootOf(host.email(alice)))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(host.files.find(bob, FileRef.of(file.link()))).isEmpty();
    host.accounts.setDisabled(alice.account(), false);
    assertThat(view(bob, FolderRef.of(docs)).files()).isZero();
  }

  @Test
  void share_notForAKeyThatIsBoundToAFolder() {
    host.share(alice, docs, bob, true, false);
    Access bound = TestHost.within(bob, host.folder(bob, "Mine"));
    assertThat(view(bound, FolderRef.ROOT).foreign()).isEmpty();
    assertThat(Refusal.of(() -> view(bound, FolderRef.of(docs)))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(host.files.find(bound, FileRef.of(file.link()))).isEmpty();
  }

  private FolderView view(Access access, FolderRef ref) {
    return host.folders.view(access, ref);
  }

  private FileListing.Page listed(Access access, FolderRef ref) {
    return host.listing.folder(access, ref, FileFilter.ALL, null);
  }
}
