package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random names that are taken already are drawn again. */
class SameDrawTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final long seed = host.random.nextLong();

  SameDrawTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void link_drawnTwice_isGivenOnce() {
    StoredFile original = host.file(alice, "a", 10);
    LinkId first = copied(original);
    LinkId second = copied(original);

    assertThat(second).isNotEqualTo(first);
    assertThat(host.used(alice)).isEqualTo(30);
  }

  private LinkId copied(StoredFile original) {
    var entry = new FileEntry(host.clock, new Random(seed));
    return new StoredFiles(host.database, host.contents, entry, host.clock)
        .copy(alice, List.of(new CopySource(original, true)), FolderRef.ROOT, null)
        .getFirst()
        .link();
  }

  @Test
  void shareToken_drawnTwice_isGivenOnce() {
    String first = published(host.folder(alice, "A"));
    String second = published(host.folder(alice, "B"));

    assertThat(second).isNotEqualTo(first);
  }

  private String published(FolderId folder) {
    return new FolderSharing(host.database, host.clock, new Random(seed))
        .change(
            alice, FolderRef.of(folder), new FolderSharing.Change(true, PasswordChange.KEEP, null))
        .shareToken()
        .orElseThrow();
  }
}
