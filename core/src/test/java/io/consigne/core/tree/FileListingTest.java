package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Listing files in pages. */
class FileListingTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes");
  private final FileListing byThree = new FileListing(host.database, host.clock, 3);

  FileListingTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void folder_filesDirectlyInIt_inTheOrderTheyCame() {
    StoredFile second = host.file(alice, FolderRef.of(docs), "b", 1);
    StoredFile third = host.file(alice, FolderRef.of(docs), "a", 1);
    host.file(alice, FolderRef.of(notes), "c", 1);
    host.file(alice, "d", 1);
    FileListing.Page page = folder(FileFilter.ALL);
    assertThat(page.files()).containsExactly(second, third);
    assertThat(page.last()).isEmpty();
    assertThat(page.hideLinks()).isFalse();
  }

  @Test
  void folder_pages_holdEachFileOnce() {
    for (int count = 1; count <= 7; count++) {
      host.file(alice, FolderRef.of(docs), "file " + count, count);
      List<FileListing.Page> pages =
          pages(after -> byThree.folder(alice, FolderRef.of(docs), FileFilter.ALL, after));
      assertThat(pages).allSatisfy(page -> assertThat(page.files()).hasSizeLessThanOrEqualTo(3));
      assertThat(pages.stream().flatMap(page -> page.files().stream()))
          .extracting(StoredFile::size)
          .containsExactlyElementsOf(sizesUpTo(count));
    }
  }

  /** A client may take its time over each page: the next comes to no dead key. */
  @Test
  void pages_endWithTheKeyThatAskedForThem() {
    for (int i = 1; i <= 4; i++) {
      host.file(alice, FolderRef.of(docs), "file " + i, i);
    }
    ApiKey secret = host.keys.regenerate(alice.account());
    Access key = host.open(secret, TestHost.CALLER).orElseThrow();
    FileId last = byThree.everything(key, FileFilter.ALL, null).last().orElseThrow();
    FolderRef folder = FolderRef.of(docs);
    assertThat(byThree.everything(key, FileFilter.ALL, last).files()).hasSize(1);
    assertThat(byThree.folder(key, folder, FileFilter.ALL, last).files()).hasSize(1);
    host.keys.revokeMaster(alice.account());
    Failure refusal = new Failure.NotAuthenticated();
    assertThat(Refusal.of(() -> byThree.everything(key, FileFilter.ALL, last))).isEqualTo(refusal);
    assertThat(Refusal.of(() -> byThree.folder(key, folder, FileFilter.ALL, last)))
        .isEqualTo(refusal);
  }

  @Test
  void folder_pages_whileFilesComeAndGo_holdTheOthersOnce() {
    List<StoredFile> files = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      files.add(host.file(alice, FolderRef.of(docs), "file " + i, i));
    }
    FileListing.Page first = byThree.folder(alice, FolderRef.of(docs), FileFilter.ALL, null);
    host.files.remove(alice, List.of(files.get(2).link(), files.get(3).link()));
    host.file(alice, FolderRef.of(docs), "file 7", 7);
    FileListing.Page second =
        byThree.folder(alice, FolderRef.of(docs), FileFilter.ALL, first.last().orElseThrow());
    assertThat(second.files()).extracting(StoredFile::size).containsExactly(5L, 6L, 7L);
  }

  @Test
  void folder_aThousandFilesAPage() {
    StoredFile one = host.file(alice, FolderRef.of(docs), "a", 1);
    host.database.change(sql ->
        sql.update(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
            INSERT INTO files (account_id, folder_id, name, content_id, size_bytes, link, domain,
              uploaded_at, modified_at, revision, description, inline, no_ssl, cdn, acl)
            SELECT account_id, folder_id, name, content_id, size_bytes, substr(link, 1, 14) || n.i,
              domain, uploaded_at, modified_at, revision, description, inline, no_ssl, cdn, acl
            FROM files, n WHERE files.id = ?
            """,
            one.id().value()));
    List<FileListing.Page> pages =
        pages(after -> host.listing.folder(alice, FolderRef.of(docs), FileFilter.ALL, after));
    assertThat(pages).extracting(page -> page.files().size()).containsExactly(1_000, 201);
  }

  @Test
  void filter_bounds_areInclusive() {
    Instant first = TestClock.START;
    host.file(alice, FolderRef.of(docs), "1", 1);
    host.clock.advance(Duration.ofMillis(1));
    Instant second = host.clock.instant();
    host.file(alice, FolderRef.of(docs), "2", 2);
    host.clock.advance(Duration.ofMillis(1));
    Instant third = host.clock.instant();
    host.file(alice, FolderRef.of(docs), "3", 3);
    assertThat(sizes(new FileFilter(second, FileFilter.END))).containsExactly(2L, 3L);
    assertThat(sizes(new FileFilter(Instant.EPOCH, second))).containsExactly(1L, 2L);
    assertThat(sizes(new FileFilter(second, second))).containsExactly(2L);
    assertThat(sizes(new FileFilter(first, third))).containsExactly(1L, 2L, 3L);
    assertThat(sizes(new FileFilter(third, first))).isEmpty();
    assertThat(host.listing.everything(alice, new FileFilter(third, third), null).files())
        .extracting(StoredFile::size)
        .containsExactly(3L);
  }

  @Test
  void everything_ofTheAccount_withPaths() {
    StoredFile top = host.file(alice, "a", 1);
    StoredFile middle = host.file(alice, FolderRef.of(docs), "a", 1);
    StoredFile deep = host.file(alice, FolderRef.of(notes), "a", 1);
    FileListing.Page page = host.listing.everything(alice, FileFilter.ALL, null);
    assertThat(page.files()).containsExactly(top, middle, deep);
    assertThat(page.paths()).isEqualTo(Map.of(alice.root(), "", docs, "Docs", notes, "Docs/Notes"));
  }

  @Test
  void everything_inPages_folderByFolder_withoutWhatOthersShare() {
    Access bob = host.newAccount();
    FolderId shared = host.folder(bob, "Shared");
    host.file(bob, FolderRef.of(shared), "b", 1);
    host.share(bob, shared, alice, true, false);
    for (int i = 1; i <= 7; i++) {
      host.file(alice, i % 2 == 0 ? FolderRef.ROOT : FolderRef.of(notes), "a", i);
    }
    assertThat(
            pages(after -> byThree.everything(alice, FileFilter.ALL, after)).stream()
                .flatMap(page -> page.files().stream()))
        .extracting(StoredFile::size)
        .containsExactly(2L, 4L, 6L, 1L, 3L, 5L, 7L);
  }

  @Test
  void folder_foreignOrMissing_notFoundAlike() {
    Access bob = host.newAccount();
    for (FolderId id : List.of(docs, new FolderId(999_999_999))) {
      assertThat(Refusal.of(() -> host.listing.folder(bob, FolderRef.of(id), FileFilter.ALL, null)))
          .isEqualTo(Refusal.NOT_FOUND);
    }
  }

  private FileListing.Page folder(FileFilter filter) {
    return host.listing.folder(alice, FolderRef.of(docs), filter, null);
  }

  private List<Long> sizes(FileFilter filter) {
    return folder(filter).files().stream().map(StoredFile::size).toList();
  }

  private static List<Long> sizesUpTo(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  private static List<FileListing.Page> pages(Function<@Nullable FileId, FileListing.Page> read) {
    var pages = new ArrayList<FileListing.Page>();
    FileListing.Page page = read.apply(null);
    pages.add(page);
    while (page.last().isPresent()) {
      page = read.apply(page.last().get());
      pages.add(page);
    }
    return pages;
  }
}
