package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Finding, removing, moving and renaming files. */
class StoredFilesTest extends OnEachDatabase {
  private static final Failure NOTHING_RENAMED =
      new Failure.NothingChanged(Failure.NothingChanged.What.FILE_PLACES);
  private static final LinkId MISSING = new LinkId("00000000000000000000");

  private final StoredFiles files = host.files;
  private final Access alice = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");

  StoredFilesTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void get_newFile_isAsEntered() {
    StoredFile file = host.file(alice, FolderRef.of(docs), "a.txt", 12, "the bytes of get_newFile");
    assertThat(file.account()).isEqualTo(alice.account());
    assertThat(file.folder()).isEqualTo(docs);
    assertThat(file.name()).isEqualTo(new FileName("a.txt"));
    assertThat(file.size()).isEqualTo(12);
    assertThat(file.link().value()).matches("[a-z0-9]{20}");
    assertThat(file.uploaded()).isEqualTo(TestClock.START);
    assertThat(file.modified()).isEqualTo(TestClock.START);
    assertThat(file.revision()).isEqualTo(host.changes(alice));
    assertThat(file.sha256()).hasSize(64);
    assertThat(file.whirlpool()).isEmpty();
    assertThat(file.attributes())
        .isEqualTo(new FileAttributes(0, "", null, false, false, false, AccessRules.NONE));
    assertThat(files.get(alice, FileRef.of(file.link())))
        .isEqualTo(new StoredFiles.Reached(file, true, "Docs"));
  }

  @Test
  void get_path_isThatOfItsFolders() {
    FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes & co");
    StoredFile deep = host.file(alice, FolderRef.of(notes), "a", 1);
    StoredFile top = host.file(alice, "a", 1);
    assertThat(files.get(alice, FileRef.of(deep.link())).path()).isEqualTo("Docs/Notes & co");
    assertThat(files.get(alice, FileRef.of(top.link())).path()).isEmpty();
  }

  @Test
  void get_byName_isTheNewestOfThatName() {
    var named = new FileRef.ByName(FolderRef.of(docs), new FileName("a"));
    host.file(alice, FolderRef.of(docs), "a", 1);
    StoredFile second = host.file(alice, FolderRef.of(docs), "a", 2);
    assertThat(files.get(alice, named).file()).isEqualTo(second);
    files.remove(alice, List.of(second.link()));
    assertThat(files.get(alice, named).file().size()).isEqualTo(1);
  }

  @Test
  void foreignOrMissing_notFoundAlike() {
    StoredFile foreign = host.file(host.newAccount(), "a", 1);
    for (LinkId link : List.of(foreign.link(), MISSING)) {
      List<LinkId> links = List.of(link);
      var rename = List.of(new StoredFiles.Rename(link, new FileName("b")));
      assertThat(files.find(alice, FileRef.of(link))).isEmpty();
      assertThat(Refusal.of(() -> files.get(alice, FileRef.of(link)))).isEqualTo(Refusal.NOT_FOUND);
      assertThat(Refusal.of(() -> files.remove(alice, links))).isEqualTo(Refusal.NOT_FOUND);
      assertThat(Refusal.of(() -> files.rename(alice, rename))).isEqualTo(Refusal.NOT_FOUND);
      assertThat(Refusal.of(() -> files.move(alice, links, FolderRef.of(docs), null)))
          .isEqualTo(Refusal.NOT_FOUND);
    }
  }

  @Test
  void remove_file_isGoneAndReleased() {
    StoredFile file = host.file(alice, "a", 10);
    host.file(alice, "a", 3);
    long changes = host.changes(alice);
    assertThat(files.remove(alice, List.of(file.link()))).containsExactly(file.link());
    assertThat(files.find(alice, FileRef.of(file.link()))).isEmpty();
    assertThat(host.used(alice)).isEqualTo(3);
    assertThat(host.changes(alice)).isEqualTo(changes + 1);
    assertThat(Refusal.of(() -> files.remove(alice, List.of(file.link()))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(host.used(alice)).isEqualTo(3);
  }

  @Test
  void remove_missingAmongOthers_passedOver() {
    StoredFile one = host.file(alice, "a", 1);
    StoredFile two = host.file(alice, "a", 2);
    List<LinkId> links = List.of(MISSING, one.link(), one.link(), two.link());
    assertThat(files.remove(alice, links)).containsExactly(one.link(), two.link());
    assertThat(host.used(alice)).isZero();
  }

  @Test
  void remove_oneFileManyTimesAtOnce_releasedOnce() throws Exception {
    StoredFile file = host.file(alice, "a", 10);
    host.file(alice, "b", 1);
    AtOnce.run(
        10,
        () -> {
          try {
            return files.remove(alice, List.of(file.link()));
          } catch (FailureException e) {
            return List.of();
          }
        });
    assertThat(host.used(alice)).isEqualTo(1);
    assertThat(refs(file)).isZero();
  }

  @Test
  void remove_equalContents_keepTheBytesUntilTheLast() {
    StoredFile one = host.file(alice, FolderRef.ROOT, "a", 5, "shared bytes");
    StoredFile two = host.file(alice, FolderRef.ROOT, "b", 5, "shared bytes");
    assertThat(two.content()).isEqualTo(one.content());
    assertThat(host.used(alice)).isEqualTo(10);
    files.remove(alice, List.of(one.link()));
    assertThat(refs(one)).isEqualTo(1);
    files.remove(alice, List.of(two.link()));
    assertThat(refs(one)).isZero();
    assertThat(host.number("SELECT removed_at FROM contents WHERE id = ?", two.content().value()))
        .isEqualTo(TestClock.START.toEpochMilli());
  }

  @Test
  void move_toFolder_keepsLinkAndName() {
    StoredFile file = host.file(alice, "a", 1);
    StoredFile moved = files.move(alice, List.of(file.link()), FolderRef.of(docs), null).getFirst();
    assertThat(moved.folder()).isEqualTo(docs);
    assertThat(moved.link()).isEqualTo(file.link());
    assertThat(moved.name()).isEqualTo(file.name());
    assertThat(moved.revision()).isEqualTo(host.changes(alice)).isGreaterThan(file.revision());
    assertThat(files.get(alice, FileRef.of(file.link())).file()).isEqualTo(moved);
    assertThat(host.used(alice)).isEqualTo(1);
  }

  @Test
  void move_withName_doesBoth_alsoWithinTheFolder() {
    StoredFile file = host.file(alice, "a", 1);
    host.file(alice, FolderRef.of(docs), "b", 1);
    List<LinkId> links = List.of(file.link());
    StoredFile moved = files.move(alice, links, FolderRef.of(docs), new FileName("b")).getFirst();
    assertThat(moved.name()).isEqualTo(new FileName("b"));
    StoredFile renamed = files.move(alice, links, FolderRef.of(docs), new FileName("c")).getFirst();
    assertThat(renamed.name()).isEqualTo(new FileName("c"));
    assertThat(renamed.folder()).isEqualTo(docs);
  }

  @Test
  void move_thereAlready_passedOver_orNothingChanged() {
    StoredFile there = host.file(alice, FolderRef.of(docs), "a", 1);
    StoredFile here = host.file(alice, "a", 1);
    assertThat(Refusal.of(() -> files.move(alice, List.of(there.link()), FolderRef.of(docs), null)))
        .isEqualTo(NOTHING_RENAMED);
    assertThat(files.move(alice, List.of(there.link(), here.link()), FolderRef.of(docs), null))
        .extracting(StoredFile::link)
        .containsExactly(here.link());
  }

  @Test
  void move_oneIsMissing_noneMoved() {
    StoredFile file = host.file(alice, "a", 1);
    List<LinkId> links = List.of(file.link(), MISSING);
    assertThat(Refusal.of(() -> files.move(alice, links, FolderRef.of(docs), null)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(files.get(alice, FileRef.of(file.link())).file()).isEqualTo(file);
  }

  @Test
  void move_severalUnderOneName_invalid() {
    List<LinkId> links = List.of(host.file(alice, "a", 1).link(), host.file(alice, "b", 1).link());
    assertThat(
            Refusal.of(() -> files.move(alice, links, FolderRef.of(docs), new FileName("c")))
                .message())
        .isEqualTo("name is for one file, not for 2: c");
  }

  @Test
  void move_foreignOrMissingFolder_notFoundAlike() {
    StoredFile file = host.file(alice, "a", 1);
    FolderId foreign = host.folder(host.newAccount(), "Private");
    for (FolderId to : List.of(foreign, new FolderId(999_999_999))) {
      assertThat(Refusal.of(() -> files.move(alice, List.of(file.link()), FolderRef.of(to), null)))
          .isEqualTo(Refusal.NOT_FOUND);
    }
  }

  @Test
  void rename_files_saysBeforeAndAfter() {
    StoredFile one = host.file(alice, "a", 1);
    StoredFile two = host.file(alice, "b", 1);
    List<StoredFiles.Renamed> renamed =
        files.rename(alice, List.of(rename(one, "x"), rename(two, "b")));
    assertThat(renamed).hasSize(1);
    assertThat(renamed.getFirst().before()).isEqualTo(one);
    assertThat(renamed.getFirst().after().name()).isEqualTo(new FileName("x"));
    assertThat(renamed.getFirst().after().revision())
        .isEqualTo(host.changes(alice))
        .isGreaterThan(two.revision());
    assertThat(Refusal.of(() -> files.rename(alice, List.of(rename(two, "b")))))
        .isEqualTo(NOTHING_RENAMED);
  }

  @Test
  void rename_toANameThatIsThere_isAllowed() {
    StoredFile one = host.file(alice, "a", 1);
    host.file(alice, "b", 1);
    files.rename(alice, List.of(rename(one, "b")));
    assertThat(host.listing.folder(alice, FolderRef.ROOT, FileFilter.ALL, null).files())
        .extracting(file -> file.name().value())
        .containsExactly("b", "b");
  }

  @Test
  void keyWithoutRight_notAllowed() {
    StoredFile file = host.file(alice, "a", 1);
    var writer =
        new Access(
            alice.account(), alice.plan(), Set.of(Right.READ, Right.WRITE), alice.root(), null);
    assertThat(Refusal.of(() -> files.remove(writer, List.of(file.link()))))
        .isEqualTo(new Failure.NotAllowed("this key has no right to delete"));
    Access bob = host.newAccount();
    FolderId shared = host.folder(bob, "Shared");
    host.share(bob, shared, alice, true, false);
    assertThat(
            Refusal.of(() -> files.move(writer, List.of(file.link()), FolderRef.of(shared), null)))
        .as("what is given away is lost here")
        .isEqualTo(new Failure.NotAllowed("this key has no right to delete"));
    assertThat(files.rename(writer, List.of(rename(file, "b")))).hasSize(1);
  }

  private static StoredFiles.Rename rename(StoredFile file, String name) {
    return new StoredFiles.Rename(file.link(), new FileName(name));
  }

  private long refs(StoredFile file) {
    return host.number("SELECT refs FROM contents WHERE id = ?", file.content().value());
  }
}
