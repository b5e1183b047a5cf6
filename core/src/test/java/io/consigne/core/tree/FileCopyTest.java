package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Audit;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Copying files. */
class FileCopyTest extends OnEachDatabase {
  private final StoredFiles files = host.files;
  private final Access alice = host.newAccount();
  private final Access bob = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final StoredFile file = host.file(alice, "a.txt", 10);

  FileCopyTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void copy_ownFile_sharesTheBytes_andIsCharged() {
    host.clock.advance(Duration.ofDays(1));
    StoredFile copy = host.copy(alice, List.of(file), FolderRef.of(docs), null).getFirst();
    assertThat(copy.content()).isEqualTo(file.content());
    assertThat(copy.link()).isNotEqualTo(file.link());
    assertThat(copy.name()).isEqualTo(file.name());
    assertThat(copy.folder()).isEqualTo(docs);
    assertThat(copy.modified()).isEqualTo(file.modified());
    assertThat(copy.uploaded()).isEqualTo(host.clock.instant());
    assertThat(host.used(alice)).isEqualTo(20);
    assertThat(host.number("SELECT refs FROM contents WHERE id = ?", file.content().value()))
        .isEqualTo(2);
  }

  @Test
  void copy_hasNoneOfThePasswordsAndRules() {
    var rules = new AccessRules(List.of(), List.of(), List.of(), true);
    var flags = new AttributeChange.Flags(true, true, true);
    var change = new AttributeChange(null, "mine", new PasswordChange.Set("hash"), flags, rules);
    files.change(alice, List.of(file.link()), change);
    StoredFile copy = host.copy(alice, List.of(file), FolderRef.ROOT, null).getFirst();
    assertThat(copy.attributes())
        .isEqualTo(new FileAttributes(0, "", null, false, false, false, AccessRules.NONE));
  }

  @Test
  void copy_intoTheSameFolder_twoOfOneName_orAnother() {
    StoredFile same = host.copy(alice, List.of(file), FolderRef.ROOT, null).getFirst();
    StoredFile other =
        host.copy(alice, List.of(file), FolderRef.ROOT, new FileName("b")).getFirst();
    assertThat(same.name()).isEqualTo(file.name());
    assertThat(other.name()).isEqualTo(new FileName("b"));
    assertThat(
            Refusal.of(() ->
                    host.copy(alice, List.of(file, same), FolderRef.of(docs), new FileName("b")))
                .message())
        .isEqualTo("name is for one file, not for 2: b");
  }

  @Test
  void copy_foreignLink_isTheCallersOwn_andOutlivesTheOriginal() {
    StoredFile copy = host.copy(bob, List.of(file), FolderRef.ROOT, null).getFirst();
    assertThat(copy.account()).isEqualTo(bob.account());
    assertThat(copy.content()).isNotEqualTo(file.content());
    assertThat(copy.sha256()).isEqualTo(file.sha256());
    assertThat(host.used(bob)).isEqualTo(10);
    assertThat(host.used(alice)).isEqualTo(10);
    StoredFile again = host.copy(bob, List.of(file), FolderRef.ROOT, null).getFirst();
    assertThat(again.content()).isEqualTo(copy.content());
    files.remove(alice, List.of(file.link()));
    assertThat(files.get(bob, FileRef.of(copy.link())).file()).isEqualTo(copy);
    var segments = host.database.read(sql -> host.contents.segments(sql, copy.content()));
    assertThat(segments)
        .isEqualTo(host.database.read(sql -> host.contents.segments(sql, file.content())));
    assertThat(
            host.number(
                "SELECT segments FROM store_files WHERE name = ?", segments.getFirst().storeFile()))
        .isEqualTo(2);
  }

  @Test
  void copy_removedMeanwhile_notFound() {
    files.remove(alice, List.of(file.link()));
    assertThat(Refusal.of(() -> host.copy(alice, List.of(file), FolderRef.of(docs), null)))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  /** It was opened one by one before; what its owner has set since counts. */
  @Test
  void copy_foreignFileThatWasChangedMeanwhile_notFound() {
    var premium = new AccessRules(List.of(), List.of(), List.of(), true);
    files.change(
        alice,
        List.of(file.link()),
        new AttributeChange(
            null,
            null,
            AttributeChange.PasswordChange.KEEP,
            new AttributeChange.Flags(null, null, null),
            premium));
    assertThat(Refusal.of(() -> host.copy(bob, List.of(file), FolderRef.ROOT, null)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(host.copy(alice, List.of(file), FolderRef.ROOT, null)).hasSize(1);
  }

  /** Between the look at the source and the copy its owner may end the share. */
  @Test
  void copy_ofWhatIsSharedNoMore_notFound() {
    FolderId shared = host.folder(alice, "Shared");
    StoredFile lent = host.file(alice, FolderRef.of(shared), "lent", 1);
    var sources = List.of(new CopySource(lent, true));
    host.share(alice, shared, bob, false, false);
    assertThat(files.copy(bob, sources, FolderRef.ROOT, null)).hasSize(1);
    host.share(alice, shared, bob, false, true);
    assertThat(Refusal.of(() -> files.copy(bob, sources, FolderRef.ROOT, null)))
        .isEqualTo(Refusal.NOT_FOUND);
    host.share(alice, shared, List.of());
    assertThat(Refusal.of(() -> files.copy(bob, sources, FolderRef.ROOT, null)))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  /**
   * A link opens a file to whoever has it: the owner of the folder is not told that of the source.
   */
  @Test
  void copy_intoAnothersFolder_namesItsSourceToWhoCopied_alone() {
    FolderId shared = host.folder(alice, "Shared");
    host.share(alice, shared, bob, true, false);
    StoredFile source = host.file(bob, "b.txt", 1);
    StoredFile copy = host.copy(bob, List.of(source), FolderRef.of(shared), null).getFirst();
    assertThat(lastDeed(alice)).isEqualTo(copy.label());
    assertThat(lastDeed(bob)).isEqualTo(copy.label() + " of file " + source.link());
  }

  private String lastDeed(Access access) {
    return host.audit
        .list(access.account(), Audit.Reader.OWNER, Instant.EPOCH, null, 1)
        .lines()
        .getFirst()
        .things()
        .getFirst();
  }

  @Test
  void copy_beyondTheQuota_noneCopied() {
    Access free = host.newAccount(Plan.FREE);
    StoredFile large = host.file(alice, "large", 40_000_000_000L);
    var sources = Collections.nCopies(26, large);
    assertThat(Refusal.of(() -> host.copy(free, sources, FolderRef.ROOT, null)))
        .isEqualTo(new Failure.QuotaExceeded(40_000_000_000L, 0));
    Access confined = TestHost.within(free, host.folder(free, "Room"));
    assertThat(Refusal.of(() -> host.copy(confined, sources, FolderRef.ROOT, null)).message())
        .isEqualTo("Storage quota exceeded");
    assertThat(host.used(free)).isZero();
    assertThat(host.folders.view(free, FolderRef.ROOT).files()).isZero();
  }

  @Test
  void copy_largerThanThePlanAllows_tooLarge() {
    Access free = host.newAccount(Plan.FREE);
    StoredFile huge = host.file(alice, "huge", Plan.FREE.largestFileBytes() + 1);
    assertThat(Refusal.of(() -> host.copy(free, List.of(huge), FolderRef.ROOT, null)).message())
        .isEqualTo("file huge is too large: 50000000001, the limit is 50000000000");
    StoredFile fits = host.file(alice, "fits", Plan.FREE.largestFileBytes());
    assertThat(host.copy(free, List.of(fits), FolderRef.ROOT, null)).hasSize(1);
  }
}
