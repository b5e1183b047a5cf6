package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.TestStores;
import io.consigne.core.ids.LinkId;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A row whose store file is rotten text costs what it tells of, and nothing else. It ended each
 * backup, verification, scrub and round of removals at its place, and all behind it was left out.
 */
class UnnamedStoreFileTest extends BackupScene {
  /** It stands before all names, and is none of one word. */
  private static final String ROTTEN = "! of/another x";

  @Test
  void backup_andRestore_leaveOutThatOneAlone() throws IOException {
    LinkId rotten = rot();
    var heard = new Heard<Damage>();
    BackupReport report = backUp(heard);
    assertThat(report.lost()).isEqualTo(1);
    assertThat(report.copiedFiles()).isEqualTo(2);
    assertThat(told(heard)).containsExactly("/" + name(host, rotten));

    var restoring = new Heard<Damage>();
    assertThat(restore(temporary.resolve("to"), restoring).lost()).isEqualTo(1);
    assertThat(told(restoring)).isEqualTo(told(heard));
    VerifyReport verified = new BackupCheck(backup, new Heard<>()).run(null);
    assertThat(verified.damaged()).isEqualTo(1);
    assertThat(verified.segments()).isEqualTo(7);
  }

  @Test
  void scrub_tellsOfIt_andReadsTheRest() {
    LinkId rotten = rot();
    for (int pass = 0; pass < 2; pass++) {
      var heard = new Heard<Damage>();
      ScrubReport report = host.scrub(heard);
      assertThat(report.complete()).isTrue();
      assertThat(report.segments()).isEqualTo(7);
      assertThat(report.damaged()).isEqualTo(1);
      assertThat(told(heard)).containsExactly("/" + name(host, rotten));
      host.parts.clock.advance(Duration.ofDays(1));
    }
    assertThat(host.upkeep.scrub().report().damaged()).isEqualTo(1);
  }

  @Test
  void hashes_ofTheOthers_areComputed() {
    rot();
    host.hashes.start(1);
    await().until(() -> pending() == 1);
  }

  private long pending() {
    return host.parts.number("SELECT COUNT(*) FROM content_hashes WHERE value IS NULL");
  }

  @Test
  void storeFilesBehindIt_areDeleted_andItsRowGoes() {
    add(Instant.EPOCH);
    LinkId gone = kept.keySet().stream().toList().getLast();
    Segment segment = host.segment(bob, gone);
    host.remove(bob, gone);
    host.collectLater();
    assertThat(place(segment)).doesNotExist();
    assertThat(rows()).isZero();
  }

  @Test
  void compaction_passesItOver() {
    add(null);
    host.change(
        "UPDATE store_files SET segments = 1, dead_bytes = size_bytes WHERE name = ?", ROTTEN);
    List<LinkId> links = kept.keySet().stream().toList();
    Segment last = host.segment(alice, links.get(4));
    links.subList(1, 4).forEach(link -> host.remove(alice, link));
    host.collectLater();
    var compaction = TestStores.eagerCompaction(host.database, blobs, host.parts.clock);
    assertThat(compaction.round()).isEqualTo(last.length());
    assertThat(host.segment(alice, links.get(4)).storeFile()).isNotEqualTo(last.storeFile());
  }

  /** Has the first of the large files be nowhere. */
  private LinkId rot() {
    add(null);
    LinkId link = kept.keySet().stream().toList().get(5);
    host.change(
        "UPDATE content_segments SET store_file = ? WHERE store_file = ?",
        ROTTEN,
        host.segment(bob, link).storeFile());
    return link;
  }

  private void add(@Nullable Instant doomed) {
    host.change(
        """
        INSERT INTO store_files (name, size_bytes, dead_bytes, segments, created_at, doomed_at)
        VALUES (?, 1000000, 0, 0, 0, ?)
        """,
        ROTTEN,
        doomed);
  }

  private long rows() {
    return host.parts.number("SELECT COUNT(*) FROM store_files WHERE name = ?", ROTTEN);
  }

  private Path place(Segment segment) {
    String name = segment.storeFile();
    return files.blobs().resolve(name.substring(0, 2)).resolve(name);
  }
}
