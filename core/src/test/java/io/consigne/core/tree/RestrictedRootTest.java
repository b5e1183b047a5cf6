package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A caller whose root is a folder within its account sees that folder and what is below. */
class RestrictedRootTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes");
  private final FolderId beside = host.folder(alice, "Beside");
  private final StoredFile inside = host.file(alice, FolderRef.of(notes), "in", 1);
  private final StoredFile atRoot = host.file(alice, FolderRef.of(docs), "at", 2);
  private final StoredFile outside = host.file(alice, FolderRef.of(beside), "out", 4);
  private final Access bound = TestHost.within(alice, docs);

  RestrictedRootTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void root_isTheFolder() {
    FolderView view = host.folders.view(bound, FolderRef.ROOT);
    assertThat(view.root()).isTrue();
    assertThat(view.folder().id()).isEqualTo(docs);
    assertThat(view.folders()).extracting(Folder::id).containsExactly(notes);
    assertThat(view.files()).isEqualTo(1);
    assertThat(host.folders.view(alice, FolderRef.of(docs)).root()).isFalse();
  }

  @Test
  void everything_isWhatIsBelow_withPathsFromThere() {
    FileListing.Page page = host.listing.everything(bound, FileFilter.ALL, null);
    assertThat(page.files()).containsExactly(atRoot, inside);
    assertThat(page.paths()).isEqualTo(Map.of(docs, "", notes, "Notes"));
    assertThat(host.files.get(bound, FileRef.of(inside.link())).path()).isEqualTo("Notes");
    assertThat(host.files.get(bound, FileRef.of(atRoot.link())).path()).isEmpty();
  }

  @Test
  void outside_notFound_howeverItIsNamed() {
    List<LinkId> out = List.of(outside.link());
    List<LinkId> in = List.of(inside.link());
    var rename = List.of(new StoredFiles.Rename(outside.link(), new FileName("x")));
    var flags = new AttributeChange.Flags(true, null, null);
    var change = new AttributeChange(null, null, PasswordChange.KEEP, flags, null);
    for (FolderRef escape :
        List.of(
            FolderRef.of(beside),
            FolderRef.of(alice.root()),
            new FolderRef.RootOf(host.email(alice)))) {
      notFound(() -> host.folders.view(bound, escape));
      notFound(() -> host.listing.folder(bound, escape, FileFilter.ALL, null));
      notFound(() -> host.folder(bound, escape, "x"));
      notFound(() -> host.folders.move(bound, FolderRef.of(notes), escape, null));
      notFound(() -> host.folders.remove(bound, escape));
      notFound(() -> host.files.move(bound, in, escape, null));
      notFound(() -> host.copy(bound, List.of(inside), escape, null));
      notFound(() -> host.file(bound, escape, "x", 1));
      notFound(() -> host.files.get(bound, new FileRef.ByName(escape, new FileName("out"))));
    }
    notFound(() -> host.files.get(bound, FileRef.of(outside.link())));
    notFound(() -> host.files.remove(bound, out));
    notFound(() -> host.files.move(bound, out, FolderRef.ROOT, null));
    notFound(() -> host.files.rename(bound, rename));
    notFound(() -> host.files.change(bound, out, change));
    notFound(() -> host.share(bound, beside, List.of()));
    assertThat(host.files.get(alice, FileRef.of(outside.link())).file()).isEqualTo(outside);
  }

  @Test
  void rootFolder_staysWhereItIs() {
    var stays = new Failure.NotAllowed("the root folder stays where it is");
    assertThat(
            Refusal.of(() -> host.folders.move(bound, FolderRef.ROOT, null, new FileName("Mine"))))
        .isEqualTo(stays);
    assertThat(Refusal.of(() -> host.folders.remove(bound, FolderRef.of(docs)))).isEqualTo(stays);
  }

  @Test
  void below_everythingWorks() {
    FolderId made = host.folder(bound, "New");
    host.files.move(bound, List.of(atRoot.link()), FolderRef.of(made), null);
    host.files.move(bound, List.of(inside.link()), FolderRef.ROOT, null);
    host.folders.remove(bound, FolderRef.of(notes));
    host.file(bound, "put", 8);
    assertThat(host.folders.view(alice, FolderRef.of(docs)).sizeBytes()).isEqualTo(9);
  }

  private static void notFound(ThrowingCallable call) {
    assertThat(Refusal.of(call)).isEqualTo(Refusal.NOT_FOUND);
  }
}
