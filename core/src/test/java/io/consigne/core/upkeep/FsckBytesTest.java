package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.Appended;
import io.consigne.core.blobs.NewContent;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.ContentId;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong between rows and store files is found; what can be repaired is. */
class FsckBytesTest extends FaultyHost {
  FsckBytesTest(TestDatabases.Kind kind) {
    super(kind);
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

  /** The store file that it was in had no segment any more, and was deleted. */
  @Test
  void segmentOfAStoreFileThatIsNotThere_takesNothingFromTheStore() {
    Segment segment = host.segment(alice, large);
    tear("UPDATE content_segments SET store_file = 'rotten' WHERE size_bytes = " + LARGE);
    for (int run = 0; run < 2; run++) {
      assertThat(kinds(host.fsck(true))).contains(Fault.Kind.BYTES, Fault.Kind.COUNTS);
    }
    host.collectLater();
    assertThat(StoredBytes.read(blobs, segment)).isEqualTo(StoredBytes.random(4, LARGE));
  }

  /** Its row was lost, too. */
  @Test
  void unknownStoreFile_staysWhileContentsMissBytes() {
    Segment segment = host.segment(alice, large);
    tear("UPDATE content_segments SET store_file = 'rotten' WHERE size_bytes = " + LARGE);
    change("DELETE FROM store_files WHERE name = ?", segment.storeFile());
    FsckReport report = host.fsck(true);
    assertThat(
            report.groups().stream()
                .filter(group -> group.kind() == Fault.Kind.ORPHAN)
                .flatMap(group -> group.samples().stream())
                .map(Fault::what))
        .singleElement()
        .asString()
        .endsWith("; it is left alone, because contents miss bytes, which it may have");
    assertThat(StoredBytes.read(blobs, segment)).isEqualTo(StoredBytes.random(4, LARGE));
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
  void contentWithoutItsSegments_isToldWithItsFiles_andItsBytesStay() {
    Segment segment = host.segment(alice, large);
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
    host.collectLater();
    assertThat(StoredBytes.read(blobs, segment)).isEqualTo(StoredBytes.random(4, LARGE));
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
    host.database.change(sql -> {
      for (int i = 0; i < segments.size(); i++) {
        host.parts.contents.add(
            sql,
            new ContentId(1_000 + i),
            new NewContent(alice.account(), 10, "0".repeat(64), List.of(segments.get(i))),
            66);
      }
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
}
