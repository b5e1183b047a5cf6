package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.ids.LinkId;
import io.consigne.core.upkeep.UpkeepHost.Ended;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A store file that the system does not open, as without descriptors or rights, is neither sound
 * nor damaged, and nothing is repaired because of it. A socket in its place stands for it here:
 * nobody opens that, not even root.
 */
class UnreadTest extends BackupScene {
  /** Makes a store file one that cannot be opened. */
  private Path lock(LinkId link) throws IOException {
    String name = segment(link).storeFile();
    Path place = files.blobs().resolve(name.substring(0, 2)).resolve(name);
    Files.move(place, temporary.resolve(name));
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(place));
    }
    return place;
  }

  private void unlock(Path place) throws IOException {
    Files.delete(place);
    Files.move(temporary.resolve(place.getFileName()), place);
  }

  private Segment segment(LinkId link) {
    return host.segment(ownerIn(host, link), link);
  }

  @Test
  void scrub_countsWhatItCannotRead_apartFromDamage() throws IOException {
    LinkId link = keepLarge(alice, 12);
    Path place = lock(link);
    var heard = new Heard<Damage>();
    ScrubReport report = host.scrub(heard);
    assertThat(report.complete()).isTrue();
    assertThat(report.damaged()).isZero();
    assertThat(report.unread()).isEqualTo(1);
    assertThat(told(heard)).containsExactly("/large12");
    assertThat(heard.found.getFirst().unread()).isTrue();
    assertThat(heard.found.getFirst().what())
        .contains(place.toString(), "No such device or address");
    assertThat(host.upkeep.scrub().report().unread()).isEqualTo(1);

    unlock(place);
    assertThat(host.scrub(new Heard<>()).unread()).isZero();
  }

  @Test
  void scrub_keepsDamageInMind_thatItCannotReadAgain() throws IOException {
    LinkId link = keepLarge(alice, 12);
    flip(files.blobs(), segment(link).storeFile(), 5);
    assertThat(host.scrub(new Heard<>()).damaged()).isEqualTo(1);
    Path place = lock(link);
    for (int pass = 0; pass < 2; pass++) {
      host.parts.clock.advance(Duration.ofDays(1));
      ScrubReport report = host.scrub(new Heard<>());
      assertThat(report.unread()).isEqualTo(1);
      assertThat(report.damaged()).isEqualTo(1);
    }
    unlock(place);
    flip(files.blobs(), segment(link).storeFile(), 5);
    host.parts.clock.advance(Duration.ofDays(1));
    assertThat(host.scrub(new Heard<>()).damaged()).isZero();
  }

  @Test
  void interruptedPass_countsWhatItCouldNotReadBefore() throws IOException {
    for (LinkId link : kept.keySet()) {
      if (Files.notExists(temporary.resolve(segment(link).storeFile()))) {
        lock(link);
      }
    }
    for (int run = 0; run < 3; run++) {
      assertThatThrownBy(() -> host.scrub(new Heard<>(2))).isInstanceOf(Ended.class);
    }
    ScrubReport report = host.scrub(new Heard<>());
    assertThat(report.unread()).isEqualTo(kept.size());
    assertThat(report.damaged()).isZero();
  }

  @Test
  void stateThatAnEarlierVersionLeft_isRead() {
    host.scrub(new Heard<>());
    host.change("UPDATE host SET value = '1 2 ~ 0 0 7 1000' WHERE name = 'scrub'");
    ScrubReport report = host.upkeep.scrub().report();
    assertThat(report.segments()).isEqualTo(7);
    assertThat(report.unread()).isZero();
  }

  @Test
  void fsck_repairsNothingBecauseOfWhatItCannotOpen() throws IOException {
    LinkId link = keepLarge(alice, 12);
    Path place = lock(link);
    List<Long> before = rows();
    for (boolean repair : List.of(false, true, true)) {
      FsckReport report = host.fsck(repair);
      assertThat(report.groups())
          .extracting(FsckReport.Group::kind, FsckReport.Group::found, FsckReport.Group::repaired)
          .containsExactly(tuple(Fault.Kind.UNCHECKED, 1L, 0L));
      assertThat(report.left()).isEqualTo(1);
    }
    host.collectLater();
    assertThat(rows()).isEqualTo(before);

    unlock(place);
    assertThat(host.fsck(true).groups()).isEmpty();
    assertThat(host.read(alice, link)).isEqualTo(kept.get(link));
  }

  private List<Long> rows() {
    return List.of("files", "contents", "content_segments", "content_hashes", "store_files")
        .stream()
        .map(table -> host.parts.number("SELECT COUNT(*) FROM " + table))
        .toList();
  }

  @Test
  void backup_isNotCompleteWithoutIt_andTheOneBeforeStays() throws IOException {
    backUp();
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    LinkId link = keepLarge(alice, 12);
    Path place = lock(link);
    assertThatThrownBy(this::backUp)
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(FileSystemException.class)
        .hasMessageContaining(place.toString());
    checkRestored(before);

    unlock(place);
    assertThat(backUp().lost()).isZero();
    checkRestored(kept);
  }

  @Test
  void sameBytesUploadedAgain_areKept() throws IOException {
    LinkId link = keepLarge(alice, 12);
    Path place = lock(link);
    LinkId again = host.keep(alice, "again", StoredBytes.random(12, LARGE));
    assertThat(host.read(alice, again)).isEqualTo(kept.get(link));
    Files.delete(place);
    assertThat(host.read(alice, link)).isEqualTo(kept.get(link));
  }
}
