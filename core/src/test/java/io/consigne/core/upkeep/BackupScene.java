package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.accounts.Access;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.HookedBlobs;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.Databases;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.Downloads;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.core.testing.Refusal;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import io.consigne.core.uploads.Ledger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host with some files, and a place for its backup. */
abstract class BackupScene {
  static final int LARGE = 300_000;

  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");

  @TempDir Path temporary;
  HostFiles files;
  Path backup;
  HookedBlobs blobs;
  UpkeepHost host;
  Access alice;
  Access bob;
  final Map<LinkId, byte[]> kept = new LinkedHashMap<>();

  @BeforeEach
  void open() throws IOException {
    files = new HostFiles(Files.createDirectory(temporary.resolve("host")));
    backup = temporary.resolve("backup");
    blobs = new HookedBlobs(new DiskBlobs(files.blobs(), new Random(1)));
    host = new UpkeepHost(Databases.sqlite(files.database()), blobs);
    StoreId.check(host.database, files.blobs(), new Random(2));
    alice = host.account("alice@example.org");
    bob = host.account("bob@example.org");
    keepSome();
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Small files that share a store file, and large ones. */
  private void keepSome() {
    List<byte[]> small = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      small.add(StoredBytes.random(i, 100 * i));
    }
    List<LinkId> links = host.keep(alice, List.of("s0", "s1", "s2", "s3", "s4"), small);
    for (int i = 0; i < 5; i++) {
      kept.put(links.get(i), small.get(i));
    }
    keepLarge(bob, 10);
    keepLarge(bob, 11);
  }

  LinkId keepLarge(Access access, int seed) {
    byte[] bytes = StoredBytes.random(seed, LARGE);
    LinkId link = host.keep(access, "large" + seed, bytes);
    kept.put(link, bytes);
    return link;
  }

  BackupReport backUp() {
    return backUp(new Heard<>());
  }

  BackupReport backUp(Heard<Damage> heard) {
    return host.upkeep.backup().run(backup, files, heard);
  }

  BackupReport restore(Path to, Heard<Damage> heard) throws IOException {
    Files.createDirectories(to);
    return new Restore(backup, new HostFiles(to), heard).run(null);
  }

  /** Restores to a new directory, and looks whether all files of {@code expected} are there. */
  void checkRestored(Map<LinkId, byte[]> expected) throws IOException {
    Path to = Files.createTempDirectory(temporary, "restored");
    assertThat(restore(to, new Heard<>()).lost()).isZero();
    var restored = new HostFiles(to);
    try (var again =
        new UpkeepHost(
            Databases.sqlite(restored.database()),
            new DiskBlobs(restored.blobs(), new Random(3)))) {
      StoreId.check(again.database, restored.blobs(), new Random(4));
      assertThat(Ledger.faults(again.database, again.blobs)).isEmpty();
      assertThat(again.fsck(false).groups()).isEmpty();
      assertThat(again.scrub(new Heard<>()).damaged()).isZero();
      for (Map.Entry<LinkId, byte[]> file : expected.entrySet()) {
        assertThat(again.read(ownerIn(again, file.getKey()), file.getKey()))
            .isEqualTo(file.getValue());
      }
      assertThat(again.parts.number("SELECT COUNT(*) FROM files WHERE removed_at IS NULL"))
          .isEqualTo(expected.size());
    }
  }

  /** A download token for the last of the files. */
  String token(UpkeepHost of) {
    LinkId link = kept.keySet().stream().toList().getLast();
    StoredFile file = of.parts.files.get(ownerIn(of, link), FileRef.of(link)).file();
    var opened = new Links.Opened(file, Links.Way.LINK, "");
    return of.parts.downloads.issue(opened, new Visitor(null, HOME, null), false, false);
  }

  /** The token is for a file that is there, and was given before the restore. */
  void checkEnded(UpkeepHost restored, String token) {
    var caller = new Downloads.Bearer(HOME, null, false);
    assertThat(host.parts.downloads.open(token, caller).segments()).isNotEmpty();
    assertThat(Refusal.of(() -> restored.parts.downloads.open(token, caller)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(restored.parts.downloads.open(token(restored), caller).segments()).isNotEmpty();
  }

  Access ownerIn(UpkeepHost other, LinkId link) {
    long account = other.parts.number("SELECT account_id FROM files WHERE link = ?", link.value());
    return account == alice.account().value() ? alice : bob;
  }

  static String refusal(ThrowingCallable call) {
    return String.valueOf(catchThrowableOfType(FailureException.class, call).getMessage());
  }

  static List<String> told(Heard<Damage> heard) {
    return heard.found.stream()
        .flatMap(damage -> damage.files().stream())
        .map(AffectedFile::path)
        .toList();
  }

  static String name(UpkeepHost host, LinkId link) {
    return host.database.read(sql ->
        sql.list("SELECT name FROM files WHERE link = ?", row -> row.text("name"), link.value())
            .getFirst());
  }

  static void flip(Path store, String storeFile, long position) throws IOException {
    Path path = store.resolve(storeFile.substring(0, 2)).resolve(storeFile);
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(position);
      int old = file.read();
      file.seek(position);
      file.write(old ^ 1);
    }
  }

  static Stream<String> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> path.getFileName().toString()).toList().stream();
    }
  }

  /** The store files of a directory, with their bytes' hash. */
  static Map<String, Integer> storeFiles(Path store) {
    var found = new TreeMap<String, Integer>();
    try (var blobs = new DiskBlobs(store, new Random())) {
      blobs.forEach((name, size) -> {
        try {
          found.put(
              name,
              Arrays.hashCode(
                  Files.readAllBytes(store.resolve(name.substring(0, 2)).resolve(name))));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
    return found;
  }
}
