package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.accounts.Access;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.HookedBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.Databases;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.LinkId;
import io.consigne.core.upkeep.UpkeepHost.Ended;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import io.consigne.core.uploads.Ledger;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup holds is the host as it was at one moment, however it was interrupted before. */
class BackupTest {
  private static final int LARGE = 300_000;

  @TempDir Path temporary;
  private HostFiles files;
  private Path backup;
  private HookedBlobs blobs;
  private UpkeepHost host;
  private Access alice;
  private Access bob;
  private final Map<LinkId, byte[]> kept = new LinkedHashMap<>();

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

  private LinkId keepLarge(Access access, int seed) {
    byte[] bytes = StoredBytes.random(seed, LARGE);
    LinkId link = host.keep(access, "large" + seed, bytes);
    kept.put(link, bytes);
    return link;
  }

  private BackupReport backUp() {
    return backUp(new Heard<>());
  }

  private BackupReport backUp(Heard<Damage> heard) {
    return host.upkeep.backup().run(backup, files, heard);
  }

  private BackupReport restore(Path to, Heard<Damage> heard) throws IOException {
    Files.createDirectories(to);
    return new Restore(backup, new HostFiles(to), heard).run(null);
  }

  /** Restores to a new directory, and looks whether all files of {@code expected} are there. */
  private void checkRestored(Map<LinkId, byte[]> expected) throws IOException {
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

  private Access ownerIn(UpkeepHost other, LinkId link) {
    long account = other.parts.number("SELECT account_id FROM files WHERE link = ?", link.value());
    return account == alice.account().value() ? alice : bob;
  }

  @Test
  void restoredHost_hasAllFiles() throws IOException {
    BackupReport report = backUp();
    assertThat(report.storeFiles()).isEqualTo(3);
    assertThat(report.copiedFiles()).isEqualTo(3);
    assertThat(report.segments()).isEqualTo(7);
    assertThat(report.bytes()).isEqualTo(report.copiedBytes()).isEqualTo(1000 + 2 * LARGE);
    checkRestored(kept);
  }

  @Test
  void whatIsThere_isNotCopiedAgain_andWhatNobodyNeeds_goes() throws IOException {
    LinkId gone = keepLarge(alice, 12);
    backUp();
    host.remove(alice, gone);
    kept.remove(gone);
    host.collectLater();
    keepLarge(alice, 13);

    BackupReport second = backUp();
    assertThat(second.copiedFiles()).isEqualTo(1);
    assertThat(second.copiedBytes()).isEqualTo(LARGE);
    assertThat(second.removedFiles()).isEqualTo(1);
    assertThat(backUp().copiedFiles()).isZero();
    assertThat(storeFiles(backup.resolve("blobs"))).isEqualTo(storeFiles(files.blobs()));
    assertThat(entries(backup).filter(name -> name.startsWith("state-"))).hasSize(1);
    checkRestored(kept);
  }

  @Test
  void backup_isPrivate() throws IOException {
    Files.createDirectory(backup);
    Files.setPosixFilePermissions(backup, PosixFilePermissions.fromString("rwxr-xr-x"));
    backUp();
    try (Stream<Path> all = Files.walk(backup)) {
      for (Path path : all.filter(path -> !shard(path)).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  private static boolean shard(Path path) {
    String name = path.getFileName().toString();
    return name.equals("incoming") || name.length() == 2;
  }

  @Test
  void interruptedBackup_isNone_andGoesOn() throws IOException {
    int step = 1;
    while (true) {
      try {
        backUp(new Heard<>(step));
        break;
      } catch (Ended e) {
        assertThat(Files.exists(backup.resolve("manifest"))).isFalse();
        assertThatThrownBy(() -> restore(temporary.resolve("nothing"), new Heard<>()))
            .hasMessage("The backup in " + backup + " was never completed");
      }
      step++;
    }
    assertThat(step).isGreaterThan(4);
    assertThat(entries(backup).filter(name -> name.startsWith("state-"))).hasSize(1);
    checkRestored(kept);
  }

  @Test
  void backupBefore_counts_untilTheNewOneDoes() throws IOException {
    backUp();
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    LinkId gone = kept.keySet().iterator().next();
    host.remove(alice, gone);
    host.collectLater();
    keepLarge(alice, 12);
    keepLarge(alice, 13);
    for (int step = 1; step < 5; step++) {
      var heard = new Heard<Damage>(step);
      assertThatThrownBy(() -> backUp(heard)).isInstanceOf(Ended.class);
      checkRestored(before);
    }
    kept.remove(gone);
    backUp();
    checkRestored(kept);
  }

  @Test
  void rottenBytes_areNotCopied_butTold_andTheRestIs() throws IOException {
    LinkId large = keepLarge(alice, 12);
    Segment small = host.segment(alice, kept.keySet().stream().toList().get(3));
    flip(files.blobs(), small.storeFile(), small.offset() + 5);
    flip(files.blobs(), host.segment(alice, large).storeFile(), LARGE - 1);

    var heard = new Heard<Damage>();
    BackupReport report = backUp(heard);
    assertThat(report.lost()).isEqualTo(2);
    assertThat(told(heard)).containsExactlyInAnyOrder("/s3", "/large12");

    var restoring = new Heard<Damage>();
    Path to = temporary.resolve("restored");
    assertThat(restore(to, restoring).lost()).isEqualTo(2);
    assertThat(told(restoring)).containsExactlyInAnyOrder("/s3", "/large12");
    var restored = new HostFiles(to);
    try (var again =
        new UpkeepHost(
            Databases.sqlite(restored.database()),
            new DiskBlobs(restored.blobs(), new Random(3)))) {
      for (Map.Entry<LinkId, byte[]> file : kept.entrySet()) {
        Access owner = ownerIn(again, file.getKey());
        if (told(heard).contains("/" + name(again, file.getKey()))) {
          assertThatThrownBy(() -> again.read(owner, file.getKey()))
              .isInstanceOf(FailureException.class);
        } else {
          assertThat(again.read(owner, file.getKey())).isEqualTo(file.getValue());
        }
      }
    }
  }

  @Test
  void bytesThatRotLater_areTakenFromTheOlderCopy() throws IOException {
    backUp();
    List<LinkId> links = kept.keySet().stream().toList();
    Segment rotten = host.segment(alice, links.get(3));
    Segment sound = host.segment(alice, links.get(2));
    flip(files.blobs(), rotten.storeFile(), rotten.offset() + 5);
    long footer = sound.offset() + sound.length() + 4;
    flip(backup.resolve("blobs"), sound.storeFile(), footer);

    BackupReport again = backUp();
    assertThat(again.copiedFiles()).isEqualTo(1);
    assertThat(again.lost()).isZero();
    checkRestored(kept);
  }

  @Test
  void rotInTheBackup_isNotRestored_butTold() throws IOException {
    backUp();
    Segment segment = host.segment(alice, kept.keySet().stream().toList().get(4));
    flip(backup.resolve("blobs"), segment.storeFile(), segment.offset() + 5);
    var heard = new Heard<Damage>();
    assertThat(restore(temporary.resolve("restored"), heard).lost()).isEqualTo(1);
    assertThat(told(heard)).containsExactly("/s4");
  }

  @Test
  void damagedDatabaseOrManifest_isRefused() throws IOException {
    backUp();
    Path manifest = backup.resolve("manifest");
    String good = Files.readString(manifest);
    Files.writeString(manifest, good.replace("made 2026", "made 2027"));
    assertThatThrownBy(() -> restore(temporary.resolve("r1"), new Heard<>()))
        .hasMessage("The manifest of the backup is damaged");
    Files.writeString(manifest, good);

    Path state =
        backup.resolve(entries(backup).filter(n -> n.startsWith("state-")).toList().getFirst());
    try (var file = new RandomAccessFile(state.resolve("consigne.db").toFile(), "rw")) {
      file.seek(5000);
      file.write(file.read() ^ 1);
    }
    assertThatThrownBy(() -> restore(temporary.resolve("r2"), new Heard<>()))
        .hasMessageStartingWith("The backup is damaged: ");
    assertThat(temporary.resolve("r2/consigne.db")).doesNotExist();
  }

  @Test
  void interruptedRestore_goesOn() throws IOException {
    backUp();
    Path to = Files.createDirectory(temporary.resolve("restored"));
    int step = 1;
    long copied = 0;
    while (true) {
      try {
        var heard = new Heard<Damage>(step);
        copied = restore(to, heard).copiedFiles();
        break;
      } catch (Ended e) {
        assertThat(to.resolve("consigne.db")).doesNotExist();
      }
      step++;
    }
    assertThat(step).isGreaterThan(4);
    assertThat(copied).isLessThan(3);
    assertThat(storeFiles(to.resolve("blobs"))).isEqualTo(storeFiles(files.blobs()));
  }

  @Test
  void anotherHostsBackup_andOtherDirectories_areLeftAlone() throws IOException {
    backUp();
    host.change("UPDATE host SET value = 'another' WHERE name = 'store'");
    assertThat(refusal(this::backUp)).startsWith(backup + " has backups of another host, of the");

    Path full = Files.createDirectory(temporary.resolve("full"));
    Files.writeString(full.resolve("letter.txt"), "dear");
    assertThat(refusal(() -> host.upkeep.backup().run(full, files, new Heard<>())))
        .isEqualTo("There is something else in " + full + ": choose another directory");
    assertThat(entries(full)).containsExactly("letter.txt");
  }

  @Test
  void secondBackupIntoTheSameDirectory_isRefused() {
    var refused = new ArrayList<String>();
    blobs.afterNextOpen(() -> refused.add(refusal(this::backUp)));
    backUp();
    assertThat(refused).containsExactly("Another backup into " + backup + " runs");
  }

  @Test
  void whatIsRemovedMeanwhile_isKept_untilTheBackupIsComplete() throws IOException {
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    int stored = storeFiles(files.blobs()).size();
    blobs.afterNextOpen(() -> {
      for (LinkId link : before.keySet()) {
        host.remove(ownerIn(host, link), link);
      }
      host.collectLater();
      assertThat(storeFiles(files.blobs())).hasSize(stored);
    });
    assertThat(backUp().lost()).isZero();
    checkRestored(before);

    host.collectLater();
    assertThat(storeFiles(files.blobs())).isEmpty();
    BackupReport empty = backUp();
    assertThat(empty.removedFiles()).isEqualTo(stored);
    checkRestored(Map.of());
  }

  @Test
  void sameBytesUploadedAgainMeanwhile_areInTheNextBackup() throws IOException {
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    LinkId first = before.keySet().stream().toList().get(6);
    blobs.afterNextOpen(() -> {
      host.remove(bob, first);
      host.collectLater();
      kept.remove(first);
      keepLarge(bob, 11);
      host.collector.round();
    });
    backUp();
    checkRestored(before);
    host.collectLater();
    backUp();
    checkRestored(kept);
  }

  @Test
  void uploadThatIsNotAnsweredYet_isInNeither() throws IOException {
    try (Upload upload = host.uploads.begin(host.uploads.newId(), Sender.identified(alice))) {
      var file = upload.file("on its way", null);
      file.write(ByteBuffer.wrap(StoredBytes.random(20, LARGE)));
      file.end();
      backUp();
      checkRestored(kept);
      LinkId link = upload.commit(UploadForm.PLAIN).kept().getFirst().link();
      kept.put(link, StoredBytes.random(20, LARGE));
    }
    backUp();
    checkRestored(kept);
  }

  @Test
  void storeAlone_isRestoredBesideADatabaseOfItsOwn() throws IOException {
    host.upkeep.backup().runBlobs(backup, files, false, new Heard<>());
    assertThat(refusal(() -> restore(temporary.resolve("r1"), new Heard<>())))
        .isEqualTo("The backup holds the store alone: restore the database and name it by --db");
    Path to = Files.createDirectory(temporary.resolve("r2"));
    BackupReport report = new Restore(backup, new HostFiles(to), new Heard<>()).run(host.database);
    assertThat(report.copiedFiles()).isEqualTo(3);
    assertThat(storeFiles(to.resolve("blobs"))).isEqualTo(storeFiles(files.blobs()));
  }

  @Test
  void storeAlone_isPrunedOnlyOnDemand() {
    host.upkeep.backup().runBlobs(backup, files, false, new Heard<>());
    kept.keySet().forEach(link -> host.remove(ownerIn(host, link), link));
    host.collectLater();
    assertThat(host.upkeep.backup().runBlobs(backup, files, false, new Heard<>()).removedFiles())
        .isZero();
    assertThat(host.upkeep.backup().runBlobs(backup, files, true, new Heard<>()).removedFiles())
        .isEqualTo(3);
  }

  /** Else the only copy of the database would not count any more, and go when it is pruned. */
  @Test
  void storeAlone_doesNotTakeThePlaceOfABackupWithADatabase() throws IOException {
    backUp();
    for (boolean prune : List.of(false, true)) {
      assertThat(refusal(() -> host.upkeep.backup().runBlobs(backup, files, prune, new Heard<>())))
          .isEqualTo(
              backup
                  + " has a backup with its database: choose another directory for the store"
                  + " alone");
    }
    checkRestored(kept);
  }

  /** The store would take the backup's files for its own, and both would go with one disk. */
  @Test
  void directoryOfTheHostItself_isRefused() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), files.blobs());
    for (Path inside :
        List.of(
            files.directory().resolve("new/backup"),
            files.blobs().resolve("aa"),
            link.resolve("bb"),
            files.directory().resolve("../host/blobs/cc"))) {
      assertThat(refusal(() -> host.upkeep.backup().run(inside, files, new Heard<>())))
          .isEqualTo(inside + " is in the host's own directory: choose one that is outside");
      assertThat(inside).doesNotExist();
    }
  }

  /** Else each try on a full disk would leave one more copy of the database there. */
  @Test
  void interruptedBackups_doNotPileUp() throws IOException {
    backUp();
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    keepLarge(alice, 12);
    for (int run = 0; run < 3; run++) {
      assertThatThrownBy(() -> backUp(new Heard<>(2))).isInstanceOf(Ended.class);
      assertThat(entries(backup).filter(name -> name.startsWith("state-"))).hasSize(2);
    }
    checkRestored(before);
  }

  @Test
  void damagedManifest_isReplacedByTheNextBackup() throws IOException {
    backUp();
    Files.writeString(backup.resolve("manifest"), "nonsense");
    assertThatThrownBy(() -> backUp(new Heard<>(2))).isInstanceOf(Ended.class);
    assertThat(entries(backup).filter(name -> name.startsWith("state-"))).hasSize(2);
    backUp();
    checkRestored(kept);
  }

  /** Some programs that copy directories leave out empty ones. */
  @Test
  void restoredBackup_isNotChanged() throws IOException {
    backUp();
    Files.delete(backup.resolve("blobs/incoming"));
    checkRestored(kept);
    assertThat(backup.resolve("blobs/incoming")).doesNotExist();
  }

  private static String refusal(ThrowingCallable call) {
    return String.valueOf(catchThrowableOfType(FailureException.class, call).getMessage());
  }

  private static List<String> told(Heard<Damage> heard) {
    return heard.found.stream()
        .flatMap(damage -> damage.files().stream())
        .map(AffectedFile::path)
        .toList();
  }

  private static String name(UpkeepHost host, LinkId link) {
    return host.database.read(sql ->
        sql.list("SELECT name FROM files WHERE link = ?", row -> row.text("name"), link.value())
            .getFirst());
  }

  private static void flip(Path store, String storeFile, long position) throws IOException {
    Path path = store.resolve(storeFile.substring(0, 2)).resolve(storeFile);
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(position);
      int old = file.read();
      file.seek(position);
      file.write(old ^ 1);
    }
  }

  private static Stream<String> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> path.getFileName().toString()).toList().stream();
    }
  }

  /** The store files of a directory, with their bytes' hash. */
  private static Map<String, Integer> storeFiles(Path store) {
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
