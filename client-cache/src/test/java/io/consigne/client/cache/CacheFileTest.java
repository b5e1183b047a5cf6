package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cache that is shared or damaged. */
class CacheFileTest extends OneCache {
  @Test
  void whatIsRemembered_staysAndIsPrivate() throws IOException {
    remember("https://1fichier.com/?a");
    assertThat(remembered()).containsEntry(new FileLink("https://1fichier.com/?a"), FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void noDatabase_isMadeAnew() throws IOException {
    Files.writeString(path(), "this is a text and no database, whatever its name says".repeat(99));
    assertThat(remembered()).isEmpty();
    remember("https://1fichier.com/?a");
    assertThat(remembered()).hasSize(1);
  }

  @Test
  void tornFile_isMadeAnew() throws IOException {
    for (int i = 0; i < 50; i++) {
      remember("https://1fichier.com/?" + i);
    }
    byte[] bytes = Files.readAllBytes(path());
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(path(), bytes);
    assertThat(remembered()).isEmpty();
    remember("https://1fichier.com/?a");
    assertThat(remembered()).hasSize(1);
  }

  /** It cost all that was remembered of files, although nothing was wrong with the file. */
  @Test
  void statementThatFails_isNoDamage() throws IOException {
    remember("https://1fichier.com/?a");
    try (var file = new CacheFile(path())) {
      assertThatThrownBy(
              () -> file.run(connection -> new Rows(connection).change("DELETE FROM nothing")))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the cache cannot be used: " + path());
    }
    assertThat(remembered()).hasSize(1);
  }

  /** Whoever had the damaged one open went on with it, and was heard by nobody. */
  @Test
  void damagedFile_thatOthersHaveOpen_isReplacedForAllOfThem() throws IOException {
    try (var one = new CacheFile(path());
        var other = new CacheFile(path())) {
      for (int i = 0; i < 50; i++) {
        new Known(one).remember(Map.of(new FileLink("https://1fichier.com/?" + i), FILE));
      }
      assertThat(new Known(other).remembered()).hasSize(50);
      damage();
      assertThat(remembered()).isEmpty();
      remember("https://1fichier.com/?a");
      new Known(one).remember(Map.of(new FileLink("https://1fichier.com/?b"), FILE));
      new Known(other).remember(Map.of(new FileLink("https://1fichier.com/?c"), FILE));
      assertThat(remembered()).hasSize(3);
      assertThat(new Known(one).remembered()).hasSize(3);
    }
  }

  private void damage() throws IOException {
    for (String name : List.of("cache.db", "cache.db-wal")) {
      try (FileChannel open = FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
        var bytes = new byte[(int) open.size()];
        Arrays.fill(bytes, (byte) 0x5a);
        open.write(ByteBuffer.wrap(bytes), 0);
      }
    }
  }

  /** The file is looked at once more when the work is done: what was found there counts not. */
  @Test
  void fileThatIsReplacedDuringWork_isAskedAgain() throws IOException {
    remember("https://1fichier.com/?a");
    var times = new AtomicInteger();
    try (var file = new CacheFile(path())) {
      Integer found =
          file.run(connection -> {
            if (times.incrementAndGet() == 1) {
              takeAway();
            }
            return new Rows(connection).list(row -> row.getInt(1), "SELECT 1 FROM sent").size();
          });
      assertThat(found).isZero();
    }
    assertThat(times).hasValue(2);
  }

  private void takeAway() {
    try {
      Files.delete(path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder that its parent has no more ended a sync that had just listed it. */
  @Test
  void folderThatIsForgotten_isUnknown() throws IOException {
    var sub = CachedFolder.of(new FolderId(1), "x");
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      keep(known, CachedFolder.ROOT, folder(1, "x"));
      keep(known, sub);
      assertThat(known.contents(sub, NOW, NOW, true)).isPresent();
      keep(known, CachedFolder.ROOT);
      assertThat(known.contents(sub, NOW, NOW, true)).isEmpty();
      assertThat(known.contents(sub, NOW, NOW)).isEmpty();
    }
  }

  /** A cache that was made anew is no account without files. */
  @Test
  void filesOfAll_areKnownOnceAllWereListed() throws IOException {
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      keep(known, remoteFile("text/plain"));
      assertThat(known.listedSubtree("")).isEmpty();
      known.keepAll(List.of(remoteFile("text/plain")), telling());
      assertThat(known.listedSubtree("")).isPresent();
    }
  }

  @Test
  void openElsewhere_holdsNobodyUp() throws IOException {
    try (var first = new CacheFile(path());
        var second = new CacheFile(path())) {
      new Known(first).remember(Map.of(new FileLink("https://1fichier.com/?a"), FILE));
      new Known(second).remember(Map.of(new FileLink("https://1fichier.com/?b"), FILE));
      assertThat(new Known(first).remembered()).hasSize(2);
    }
  }

  @Test
  void workThatFails_changesNothing_andHoldsNobodyUp() throws IOException {
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      known.remember(Map.of(new FileLink("https://1fichier.com/?a"), FILE));
      assertThatThrownBy(() ->
              file.run(connection -> {
                new Rows(connection).change("DELETE FROM sent");
                throw new IllegalStateException("on purpose");
              }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(remembered()).hasSize(1);
    }
  }

  /** Who lists a folder while another stores into it may be told of the file first. */
  @Test
  void storedFile_thatIsKnownAlready_isThereOnce() throws IOException {
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      keep(known, remoteFile("text/plain"));
      new OwnChanges(file)
          .stored(FolderId.ROOT, List.of(remoteFile("application/octet-stream")), NOW);
      assertThat(count(file, "file")).isEqualTo(1);
    }
  }

  @Test
  void whatIsDoubtful_isAskedForAnew() throws IOException {
    RemoteFile told = remoteFile("text/plain");
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      keep(known, told);
      assertThat(known.isListed(0, NOW, NOW, true)).isTrue();
      var changes = new Changes(file);
      var another = new FileLink("https://1fichier.com/?another");
      changes.failed(changes.begin(Set.of(), List.of(another)));
      assertThat(known.isListed(0, NOW, NOW, true)).isTrue();
      var begun = changes.begin(Set.of(), List.of(Objects.requireNonNull(told.link())));
      assertThat(known.isListed(0, NOW, NOW, true)).isFalse();
      changes.failed(begun);
      assertThat(known.isListed(0, NOW, NOW, true)).isFalse();
    }
  }

  private static void keep(Known known, CachedFolder folder, Folder... inside) throws IOException {
    var told = new FolderListing(folder.folder(), List.of(inside), List.of(), true);
    known.keep(folder, told, telling(), true);
  }

  private static Folder folder(int id, String name) {
    return new Folder(new FolderId(id), name, null, Folder.Sharing.NONE);
  }

  /** Those of one were taken for those of the other. */
  @Test
  void foldersOfOneName_haveFoldersOfTheirOwn() throws IOException {
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      keep(known, CachedFolder.ROOT, folder(1, "x"), folder(2, "x"));
      keep(known, CachedFolder.of(new FolderId(1), "x"), folder(3, "one"));
      keep(known, CachedFolder.of(new FolderId(2), "x"), folder(4, "two"));
      assertThat(names(known, 1)).containsExactly("one");
      assertThat(names(known, 2)).containsExactly("two");
      assertThat(names(known, 0)).containsExactly("x", "x");
    }
  }

  private static Contents contents(Known known, CachedFolder folder) throws IOException {
    return known.contents(folder, NOW, NOW, true).orElseThrow();
  }

  private static List<String> names(Known known, int id) throws IOException {
    String path = id == 0 ? "" : "x";
    return contents(known, CachedFolder.of(new FolderId(id), path)).folders().stream()
        .map(sub -> sub.folder().name())
        .toList();
  }

  /** Only the topmost of another's folders is listed with its owner. */
  @Test
  void whatIsInAnothersFolder_isTheirs() throws IOException {
    var bob = new Folder.Guest("bob@example.org", true, false);
    var shared =
        new Folder(new FolderId(1), "x", null, new Folder.Sharing(null, false, List.of(), bob));
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      keep(known, CachedFolder.ROOT, shared);
      keep(known, CachedFolder.of(new FolderId(1), "x"), folder(2, "sub"));
      new OwnChanges(file).made(CachedFolder.of(new FolderId(3), "x/made"), new FolderId(1), NOW);
      assertThat(contents(known, CachedFolder.of(new FolderId(1), "x")).folders())
          .hasSize(2)
          .noneMatch(CachedFolder::owned);
    }
  }

  /** An upload of many files ends after what was done to its first ones. */
  @Test
  void storedFile_thatWasMovedOrRemovedSince_staysSo() throws IOException {
    RemoteFile told = remoteFile("text/plain");
    FileLink link = Objects.requireNonNull(told.link());
    try (var file = new CacheFile(path())) {
      var known = new Known(file);
      var own = new OwnChanges(file);
      keep(known, told);
      own.removed(List.of(link), NOW);
      own.stored(FolderId.ROOT, List.of(told), NOW);
      assertThat(contents(known, CachedFolder.ROOT).files()).isEmpty();
      var other = new FileLink("https://1fichier.com/?bbbbbbbbbbbbbbbbbbbb");
      own.stored(FolderId.ROOT, List.of(at(other)), NOW);
      own.moved(List.of(other), new FolderId(5), NOW);
      own.stored(FolderId.ROOT, List.of(at(other)), NOW);
      assertThat(contents(known, CachedFolder.ROOT).files()).isEmpty();
    }
  }

  private static RemoteFile at(FileLink link) {
    RemoteFile file = remoteFile("text/plain");
    return new RemoteFile(
        link,
        file.name(),
        file.sizeBytes(),
        file.times(),
        file.checksums(),
        file.contentType(),
        file.locks(),
        file.place());
  }

  @Test
  void severalAtOnce_loseNothing() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> tasks =
          IntStream.range(0, 40)
              .<Callable<Boolean>>mapToObj(i ->
                  () -> {
                    remember("https://1fichier.com/?" + i);
                    return true;
                  })
              .toList();
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        assertThat(task.get()).isTrue();
      }
    }
    assertThat(remembered()).hasSize(40);
  }
}
