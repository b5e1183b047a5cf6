package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.blobs.Appended;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.HookedBlobs;
import io.consigne.core.blobs.NewContent;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import io.consigne.core.uploads.Ledger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of fault is found, left alone by a dry run, and repaired when that is wanted. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class FsckTest {
  private static final int LARGE = 300_000;

  private final TestDatabases.Kind kind;
  private final FaultyBlobs blobs = new FaultyBlobs(new Random(1));
  private final HookedBlobs hooked = new HookedBlobs(blobs);

  @TempDir Path directory;
  private UpkeepHost host;
  private Access alice;
  private Access bob;
  private FolderId docs;
  private LinkId inDocs;
  private LinkId large;

  FsckTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  /** Something that goes wrong without hurting a reference between rows. */
  enum Harm {
    USED("UPDATE accounts SET used_bytes = used_bytes + 7", Fault.Kind.USED, 2),
    RESERVED("UPDATE accounts SET reserved_bytes = reserved_bytes + 7", Fault.Kind.USED, 2),
    REFS("UPDATE contents SET refs = refs + 1 WHERE refs = 2", Fault.Kind.REFS, 1),
    NO_REFS("UPDATE contents SET refs = 0, removed_at = 5 WHERE refs = 2", Fault.Kind.REFS, 1),
    REMOVED("UPDATE contents SET removed_at = 5 WHERE refs = 2", Fault.Kind.REMOVED, 1),
    HASH("DELETE FROM content_hashes", Fault.Kind.HASH, 5),
    SIZE("UPDATE files SET size_bytes = 1 WHERE name = 'large'", Fault.Kind.SIZE, 2),
    FOLDER_GONE("UPDATE files SET folder_id = 12345 WHERE name = 'in docs'", Fault.Kind.FILE, 1),
    FOLDER_OF_ANOTHER(
        """
        UPDATE files SET folder_id = (SELECT root_id FROM accounts WHERE email LIKE 'bob%')
        WHERE name = 'in docs'
        """,
        Fault.Kind.FILE, 1),
    SECOND_ROOT("UPDATE folders SET parent_id = NULL WHERE name = 'Docs'", Fault.Kind.FOLDER, 1),
    PARENT_OF_ANOTHER(
        """
        UPDATE folders SET parent_id = (SELECT root_id FROM accounts WHERE email LIKE 'bob%')
        WHERE name = 'Docs'
        """,
        Fault.Kind.FOLDER, 1),
    CYCLE(
        """
        UPDATE folders SET parent_id = (SELECT d.id FROM folders d WHERE d.name = 'Deep')
        WHERE name = 'Docs'
        """,
        Fault.Kind.CYCLE,
        2),
    ITSELF("UPDATE folders SET parent_id = id WHERE name = 'Docs'", Fault.Kind.CYCLE, 1),
    ROOT("UPDATE accounts SET root_id = 999", Fault.Kind.ROOT, 2),
    SEGMENTS_COUNT("UPDATE store_files SET segments = segments + 1", Fault.Kind.COUNTS, 2),
    DEAD_BYTES("UPDATE store_files SET dead_bytes = -1", Fault.Kind.COUNTS, 2),
    DOOMED("UPDATE store_files SET doomed_at = 5", Fault.Kind.COUNTS, 2);

    private final String statement;
    private final Fault.Kind found;
    private final int times;

    Harm(String statement, Fault.Kind found, int times) {
      this.statement = statement;
      this.found = found;
      this.times = times;
    }
  }

  @BeforeEach
  void open() {
    host = new UpkeepHost(kind.open(directory), hooked);
    alice = host.account("alice@example.org");
    bob = host.account("bob@example.org");
    docs = host.parts.folder(alice, "Docs");
    host.parts.folder(alice, FolderRef.of(docs), "Deep");
    List<LinkId> small =
        host.keep(
            alice,
            List.of("in docs", "small", "twin", "third"),
            List.of(
                StoredBytes.random(1, 100),
                StoredBytes.random(2, 100),
                StoredBytes.random(2, 100),
                StoredBytes.random(3, 0)));
    inDocs = small.getFirst();
    host.move(alice, inDocs, docs);
    large = host.keep(alice, "large", StoredBytes.random(4, LARGE));
    host.remove(alice, host.keep(alice, "removed", StoredBytes.random(4, LARGE)));
    host.parts.files.copy(bob, List.of(file(large)), FolderRef.ROOT, null);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void soundHost_hasNoFaults() {
    FsckReport report = host.fsck(false);
    assertThat(report.groups()).isEmpty();
    assertThat(report.accounts()).isEqualTo(2);
    assertThat(report.files()).isEqualTo(7);
    assertThat(report.storeFiles()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void harm_isFound_leftAloneByADryRun_andRepaired(Harm harm) {
    change(harm.statement);

    for (int run = 0; run < 2; run++) {
      FsckReport dry = host.fsck(false);
      assertThat(dry.groups()).extracting(FsckReport.Group::kind).contains(harm.found);
      FsckReport.Group group =
          dry.groups().stream().filter(each -> each.kind() == harm.found).findFirst().orElseThrow();
      assertThat(group.found()).isEqualTo(harm.times);
      assertThat(group.repaired()).isZero();
      assertThat(dry.left()).isPositive();
    }

    FsckReport repaired = host.fsck(true);
    assertThat(repaired.left()).as(repaired.toString()).isZero();
    assertThat(host.fsck(false).groups()).isEmpty();
    assertThat(host.fsck(true).groups()).isEmpty();
    assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    assertThat(host.read(alice, large)).isEqualTo(StoredBytes.random(4, LARGE));
    assertThat(host.read(alice, inDocs)).isEqualTo(StoredBytes.random(1, 100));
    assertThat(host.parts.used(alice)).isEqualTo(300 + LARGE);
    assertThat(host.parts.used(bob)).isEqualTo(LARGE);
  }

  @Test
  void everythingAtOnce_isRepairedInOneRun() {
    for (Harm harm : Harm.values()) {
      if (harm != Harm.ROOT) {
        change(harm.statement);
      }
    }
    FsckReport repaired = host.fsck(true);
    assertThat(repaired.left()).as(repaired.toString()).isZero();
    assertThat(host.fsck(false).groups()).isEmpty();
    assertThat(Ledger.faults(host.database, blobs)).isEmpty();
  }

  /** One repair was refused for all when both names were there. */
  @Test
  void lostFolder_whoseNamesAreTaken_getsAnother() {
    FolderId lost = folder(FolderRef.ROOT, "lost+found");
    folder(FolderRef.of(lost), "Docs");
    folder(FolderRef.of(lost), "folder " + docs);
    change("UPDATE folders SET parent_id = NULL WHERE id = " + docs);
    assertThat(host.fsck(true).left()).isZero();
    assertThat(host.parts.files.get(alice, FileRef.of(inDocs)).path())
        .isEqualTo("lost+found/folder " + docs + " (2)");
  }

  private FolderId folder(FolderRef parent, String name) {
    return host.parts.folders.make(alice, parent, new FileName(name)).id();
  }

  @Test
  void lostFolder_isFoundAgainBelowTheRoot_withItsFiles() {
    change(Harm.SECOND_ROOT.statement);
    host.fsck(true);
    assertThat(host.parts.files.get(alice, FileRef.of(inDocs)).path()).isEqualTo("lost+found/Docs");
  }

  @Test
  void foldersWithinThemselves_areTakenOutAtOnePlace() {
    change(Harm.CYCLE.statement);
    assertThat(host.fsck(true).groups().getFirst().repaired()).isEqualTo(2);
    assertThat(
            host.parts.number(
                """
                SELECT COUNT(*) FROM folders d JOIN folders p ON p.id = d.parent_id
                WHERE d.name = 'Deep' AND p.name = 'Docs'
                """))
        .isEqualTo(1);
  }

  @Test
  void lostFolders_ofOneName_doNotMeet() {
    FolderId other = host.parts.folder(alice, FolderRef.of(docs), "Docs");
    change("UPDATE folders SET parent_id = NULL WHERE name = 'Docs'");
    host.fsck(true);
    assertThat(host.fsck(false).groups()).isEmpty();
    assertThat(
            host.parts.number(
                "SELECT COUNT(*) FROM folders WHERE name = ?", "folder " + other.value()))
        .isEqualTo(1);
  }

  /** It might be anybody's: that a row says so is no reason to give it away for good. */
  @Test
  void fileOfAnothersContent_isToldAndNotGivenIt() {
    change(
        """
        UPDATE files SET content_id = (SELECT f.content_id FROM files f WHERE f.name = 'small')
        WHERE name = 'large' AND account_id = ?
        """,
        bob.account().value());
    change("UPDATE files SET size_bytes = 100 WHERE account_id = ?", bob.account().value());

    assertThat(kinds(host.fsck(false))).contains(Fault.Kind.OWNER);
    assertThat(host.fsck(true).left()).isEqualTo(1);
    assertThat(kinds(host.fsck(false))).containsExactly(Fault.Kind.OWNER);
    assertThat(host.fsck(false).groups().getFirst().samples().getFirst().files())
        .extracting(file -> file.account() + file.path())
        .containsExactly("bob@example.org/large");
  }

  @Test
  void missingBytes_areToldWithTheirFiles_andNotRepaired() {
    blobs.delete(host.segment(alice, large).storeFile());
    var heard = new Heard<Fault>();
    FsckReport report = host.upkeep.fsck().run(true, heard);

    assertThat(kinds(report)).containsExactly(Fault.Kind.BYTES);
    assertThat(report.left()).isEqualTo(1);
    assertThat(heard.found.getFirst().files())
        .extracting(file -> file.account() + file.path())
        .containsExactly("alice@example.org/large", "bob@example.org/large");
    assertThat(host.fsck(true).left()).isEqualTo(1);
  }

  @Test
  void segmentBesideItsRecord_isFound() {
    Segment segment = host.segment(alice, inDocs);
    change(
        """
        UPDATE content_segments SET offset_bytes = offset_bytes + 1
        WHERE store_file = ? AND offset_bytes = ?
        """,
        segment.storeFile(),
        segment.offset());
    assertThat(kinds(host.fsck(true))).contains(Fault.Kind.BYTES);
  }

  @Test
  void overlappingSegments_areFound() {
    Segment segment = host.segment(alice, inDocs);
    change(
        "UPDATE content_segments SET offset_bytes = ? WHERE store_file = ? AND offset_bytes > ?",
        segment.offset() + 50,
        segment.storeFile(),
        segment.offset());
    assertThat(kinds(host.fsck(true))).contains(Fault.Kind.OVERLAP, Fault.Kind.BYTES);
  }

  @Test
  void contentWithoutItsSegments_isToldWithItsFiles() {
    change("DELETE FROM content_segments WHERE size_bytes = " + LARGE);
    var heard = new Heard<Fault>();
    FsckReport report = host.upkeep.fsck().run(true, heard);
    assertThat(kinds(report)).contains(Fault.Kind.SEGMENTS);
    assertThat(
            heard.found.stream()
                .filter(fault -> fault.kind() == Fault.Kind.SEGMENTS)
                .flatMap(fault -> fault.files().stream())
                .map(AffectedFile::account))
        .containsExactlyInAnyOrder("alice@example.org", "bob@example.org");
  }

  /** Checksums and footer of the last record were left out. */
  @Test
  void rowOfAStoreFile_thatIsMadeAgain_endsWithItsLastRecord() {
    String sizes = "SELECT name || ' ' || size_bytes AS line FROM store_files ORDER BY name";
    List<String> before = host.database.read(sql -> sql.list(sizes, row -> row.text("line")));
    tear("DELETE FROM store_files");
    assertThat(host.fsck(true).left()).isZero();
    assertThat(host.database.<List<String>>read(sql -> sql.list(sizes, row -> row.text("line"))))
        .isEqualTo(before);
  }

  @Test
  void recordBytesInSql_areThoseOfTheSegment() {
    for (long length : List.of(0L, 1L, 65_535L, 65_536L, 65_537L, 5_000_000_000L)) {
      assertThat(host.parts.number("SELECT " + Segment.recordBytes(Long.toString(length))))
          .isEqualTo(new Segment("a", 0, length).recordBytes());
    }
  }

  @Test
  void storeFilesOnTheirWay_areNoOrphans() {
    String name = StoredBytes.keep(blobs, StoredBytes.random(5, 10)).storeFile();
    host.unentered.add(List.of(name));
    assertThat(host.fsck(true).groups()).isEmpty();
    host.unentered.remove(List.of(name));
    assertThat(kinds(host.fsck(true))).containsExactly(Fault.Kind.ORPHAN);
    assertThat(host.fsck(true).groups()).isEmpty();
  }

  @Test
  void storeFileThatIsEnteredBetweenTwoLooks_isNoOrphan() {
    String name = StoredBytes.keep(blobs, StoredBytes.random(5, 10)).storeFile();
    hooked.beforeNextRetire(() ->
        change(
            """
            INSERT INTO store_files (name, size_bytes, dead_bytes, segments, created_at)
            VALUES (?, 66, 0, 0, 5)
            """,
            name));
    assertThat(host.fsck(true).groups()).isEmpty();
  }

  @Test
  void packThatSomebodyIsAboutToEnter_isNoOrphan() {
    try (Appended appended = blobs.append(List.of(ByteBuffer.wrap(new byte[10])))) {
      assertThat(appended.segments()).hasSize(1);
      assertThat(host.fsck(true).groups()).isEmpty();
    }
  }

  @Test
  void manyUnknownStoreFiles_areNotDeleted() {
    for (int i = 0; i < 150; i++) {
      StoredBytes.keep(blobs, StoredBytes.random(1000 + i, 10));
    }
    FsckReport report = host.fsck(true);
    assertThat(report.left()).isEqualTo(150);
    assertThat(report.groups().getFirst().samples()).hasSize(10);
  }

  /** They are no orphans: contents are made of them. */
  @Test
  void storeFilesWithoutRows_getThem_howeverManyThereAre() {
    var segments = new ArrayList<Segment>();
    for (int i = 0; i < 502; i++) {
      segments.add(StoredBytes.keep(blobs, StoredBytes.random(1000 + i, 10)));
    }
    host.database.write(sql -> {
      for (int i = 0; i < segments.size(); i++) {
        host.parts.contents.add(
            sql,
            new ContentId(1_000 + i),
            new NewContent(alice.account(), 10, "0".repeat(64), List.of(segments.get(i))),
            66);
      }
      return true;
    });
    tear("DELETE FROM store_files WHERE size_bytes = 66");

    assertThat(found(host.fsck(false), Fault.Kind.ROW)).isEqualTo(502);
    FsckReport repaired = host.fsck(true);
    assertThat(found(repaired, Fault.Kind.ROW)).isEqualTo(502);
    assertThat(kinds(repaired)).doesNotContain(Fault.Kind.ORPHAN, Fault.Kind.DANGLING);
    segments.forEach(each -> assertThat(StoredBytes.read(blobs, each)).isNotEmpty());
    assertThat(kinds(host.fsck(false))).doesNotContain(Fault.Kind.ROW, Fault.Kind.ORPHAN);
  }

  private static long found(FsckReport report, Fault.Kind kind) {
    return report.groups().stream()
        .filter(group -> group.kind() == kind)
        .mapToLong(FsckReport.Group::found)
        .sum();
  }

  /** Changes rows that others name, which a sound database refuses. */
  private void tear(String statement) {
    switch (kind) {
      case SQLITE -> TestDatabases.changeUnchecked(directory, statement);
      case POSTGRES -> {
        change("ALTER TABLE content_segments DROP CONSTRAINT content_segments_store_file_fkey");
        change(statement);
      }
    }
  }

  @Test
  void removedAndCollectedFiles_areNoFault() {
    host.remove(alice, large);
    host.remove(alice, inDocs);
    assertThat(host.fsck(true).groups()).isEmpty();
    host.collectLater();
    assertThat(host.fsck(true).groups()).isEmpty();
  }

  private static List<Fault.Kind> kinds(FsckReport report) {
    return report.groups().stream().map(FsckReport.Group::kind).toList();
  }

  private StoredFile file(LinkId link) {
    return host.parts.files.get(alice, FileRef.of(link)).file();
  }

  private void change(String statement, Object... arguments) {
    host.change(statement, arguments);
  }
}
