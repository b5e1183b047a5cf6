package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.ContentId;
import io.consigne.core.tree.FolderRef;
import org.junit.jupiter.api.Test;

/** A row that was damaged may name any content; the bytes of that are good, and not the file's. */
class DownloadsDamagedTest extends DownloadsFixture {
  private final String token = token(null);

  DownloadsDamagedTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void contentOfAnotherAccount_isNotServed() {
    Access bob = host.newAccount();
    show(host.file(bob, FolderRef.of(bob.root()), "secret", 10).content());
    assertNotServed();
  }

  @Test
  void contentOfAnotherSize_isNotServed() {
    show(host.file(alice, FolderRef.of(docs), "b", 11).content());
    assertNotServed();
  }

  /** As the row of the content before, whose number lost a bit. */
  @Test
  void contentWithAnothersSegment_isNotServed() {
    ContentId other = host.file(alice, FolderRef.of(docs), "b", 10).content();
    change(
        "UPDATE content_segments SET content_id = ?, position = -1 WHERE content_id = ?",
        file.content().value(),
        other.value());
    assertNotServed();
  }

  @Test
  void contentWithoutItsSegment_isNotServed() {
    change("DELETE FROM content_segments WHERE content_id = ?", file.content().value());
    assertNotServed();
  }

  private void change(String statement, Object... arguments) {
    assertGood(token(null));
    host.database.change(sql -> sql.update(statement, arguments));
  }

  private void show(ContentId content) {
    change("UPDATE files SET content_id = ? WHERE id = ?", content.value(), file.id().value());
  }

  private void assertNotServed() {
    assertThatThrownBy(() -> downloads.open(token, caller(HOME, null, false)))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Rotten.class));
  }
}
