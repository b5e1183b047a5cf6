package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.Compaction;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.HookedBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.blobs.TestStores;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.Refusal;
import io.consigne.core.uploads.UnsureDatabase.Failing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contents move out of store files that are dead for the most part, and nothing else happens. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class CompactionTest {
  private static final int FILES = 10;

  private final FaultyBlobs faulty = new FaultyBlobs(new Random(1));
  private final HookedBlobs blobs = new HookedBlobs(faulty);
  private final UnsureDatabase database;
  private final UploadHost host;
  private final Access alice;
  private final Access bob;
  private final Compaction compaction;
  private final List<@Nullable LinkId> links = new ArrayList<>();

  CompactionTest(TestDatabases.Kind kind, @TempDir Path directory) {
    database = new UnsureDatabase(kind.open(directory));
    host = new UploadHost(database, blobs, UploadLimits.DEFAULT.with(Dedupe.HOST));
    alice = host.account("alice@example.org", Plan.GOLD);
    bob = host.account("bob@example.org", Plan.GOLD);
    compaction = TestStores.eagerCompaction(database, blobs, host.clock);
    keep(0, FILES);
  }

  @AfterEach
  void allIsThere_andAddsUp() {
    for (int i = 0; i < links.size(); i++) {
      if (links.get(i) != null) {
        assertThat(host.read(alice, link(i))).isEqualTo(bytes(i));
      }
    }
    assertThat(faulty.unclosed()).isEmpty();
    assertThat(Ledger.faults(database, host.blobs)).isEmpty();
    host.close();
  }

  @Test
  void storeFile_mostlyDead_isEmptied_andDeletedAfterTheGraceTime() {
    Segment old = segment(9);
    remove(0, 1, 2, 3, 4, 5, 6);
    assertThat(compaction.round()).isEqualTo(3 * 1000);

    assertThat(segment(9).storeFile()).isNotEqualTo(old.storeFile());
    assertThat(StoredBytes.read(blobs, old)).isEqualTo(bytes(9));
    assertThat(host.storeFiles()).isEqualTo(2);
    host.collect();
    assertThat(host.storeFiles()).isEqualTo(1);
    assertThat(compaction.round()).isZero();
  }

  /** With ten minutes after each round it took weeks to empty what one removal had hollowed. */
  @Test
  void step_followsStep_untilAllIsDone_andThenRests() {
    Compaction slow = TestStores.slowCompaction(database, blobs, host.clock);
    remove(0, 1, 2, 3, 4, 5, 6);
    for (int i = 0; i < 3; i++) {
      assertThat(slow.step()).isEqualTo(1000);
    }
    assertThat(slow.step()).isZero();
    remove(7, 8);
    for (int i = 0; i < Compaction.RESTING_STEPS; i++) {
      assertThat(slow.step()).as("step " + i).isZero();
    }
    assertThat(slow.step()).isEqualTo(1000);
  }

  /** After 512 MiB it rested until the first was deleted, whatever room there was. */
  @Test
  void step_withMuchRoom_followsStep_whateverIsThereTwice() {
    Compaction slow = TestStores.slowCompaction(database, blobs, host.clock);
    keep(FILES, 4 * FILES);
    remove(IntStream.range(0, 25).toArray());
    for (int i = 25; i < 40; i++) {
      assertThat(slow.step()).as("file " + i).isEqualTo(1000);
    }
  }

  /** Emptied store files are deleted after minutes; until then a nearly full disk was filled. */
  @Test
  void step_restsWhileMuchIsThereTwice() {
    Compaction slow = TestStores.slowCompaction(database, blobs, host.clock);
    long living = hollowTwo();
    faulty.fullAfter(4 * living);
    for (int i = 0; i < 3; i++) {
      assertThat(slow.step()).as("step " + i).isEqualTo(1000);
    }
    faulty.fullAfter(4 * living);
    assertRests(slow);
    host.collect();
    assertThat(slow.step()).isEqualTo(1000);
  }

  @Test
  void step_beginsNothingThatAPartOfTheRoomDoesNotHold() {
    Compaction slow = TestStores.slowCompaction(database, blobs, host.clock);
    long living = hollowTwo();
    faulty.fullAfter(4 * living - 4);
    assertRests(slow);
    faulty.fullAfter(4 * living);
    assertThat(slow.step()).isEqualTo(1000);
  }

  /** With less than 256 MiB nothing was moved: the room of removed files never came back. */
  @Test
  void step_onANearlyFullDisk_emptiesWhatItHasRoomFor() {
    long living = hollowTwo();
    faulty.fullAfter(living - 1);
    assertRests(compaction);
    faulty.fullAfter(living);
    assertThat(compaction.step()).isEqualTo(3 * 1000);
    host.collect();
    assertThat(host.storeFiles()).isEqualTo(2);
  }

  @Test
  void storeFile_halfAlive_stays() {
    remove(0, 1, 2, 3, 4);
    assertThat(compaction.round()).isZero();
  }

  @Test
  void contents_ofSeveralAccounts_moveTogether() {
    LinkId his = host.keep(bob, "his", bytes(9)).link();
    remove(0, 1, 2, 3, 4, 5, 6);
    assertThat(compaction.round()).isEqualTo(3 * 1000);

    assertThat(host.segments(bob, his)).isEqualTo(host.segments(alice, link(9)));
    host.collect();
    assertThat(host.read(bob, his)).isEqualTo(bytes(9));
  }

  @Test
  void rottenRecord_staysWithItsStoreFile_untilItIsHealed() {
    Segment rotten = segment(8);
    remove(0, 1, 2, 3, 4, 5, 6);
    faulty.flip(rotten.storeFile(), rotten.offset() + 10);
    compaction.round();
    assertThat(compaction.round()).isZero();
    host.collect();

    assertThat(segment(8)).isEqualTo(rotten);
    assertThat(segment(7).storeFile()).isNotEqualTo(rotten.storeFile());
    assertThat(Refusal.of(() -> host.read(alice, link(8)))).isInstanceOf(Failure.Rotten.class);
    host.keep(alice, "again", bytes(8));
    host.collect();
    assertThat(host.storeFiles()).isEqualTo(1);
  }

  /** What was moved out of it counted as there twice until the next start. */
  @Test
  void rottenRecord_leavesTheRoomToOthers() {
    Compaction triples = TestStores.triples(database, blobs, host.clock);
    long living = hollowTwo();
    Segment rotten = segment(8);
    faulty.flip(rotten.storeFile(), rotten.offset() + 10);
    assertThat(triples.step()).isEqualTo(3 * 1000);
    faulty.fullAfter(4 * living);
    assertThat(triples.step()).isEqualTo(3 * 1000);
    faulty.fullAfter(Long.MAX_VALUE);
    host.keep(alice, "again", bytes(8));
  }

  /** All that is alive was moved for nothing. */
  @Test
  void rottenRecord_endsTheWorkOnItsStoreFile() {
    keep(FILES, 2 * FILES);
    remove(IntStream.range(0, 13).toArray());
    Segment rotten = segment(13);
    faulty.flip(rotten.storeFile(), rotten.offset() + 10);
    compaction.round();
    assertThat(segment(16).storeFile()).isEqualTo(rotten.storeFile());
    host.keep(alice, "again", bytes(13));
  }

  @Test
  void heldStoreFile_isLeftAlone() {
    remove(0, 1, 2, 3, 4, 5, 6);
    try (var held = blobs.append(List.of(ByteBuffer.allocate(1)))) {
      assertThat(held.segments().getFirst().storeFile()).isEqualTo(segment(9).storeFile());
      assertThat(compaction.round()).isZero();
    }
    assertThat(compaction.round()).isPositive();
    host.collect();
  }

  @Test
  void content_removedWhileItMoves_isNotBroughtBack() {
    remove(0, 1, 2, 3, 4, 5, 6);
    blobs.afterNextOpen(() -> {
      remove(7);
      host.collect();
    });
    compaction.round();
    host.collect();
    assertThat(host.storeFiles()).isEqualTo(1);
  }

  /** The pack had more dead bytes than there was room for beside its living ones. */
  @Test
  void lastContent_removedWhileItMoves_isCountedWithinItsPack() {
    remove(0, 1, 2, 3, 4, 5, 6);
    long record = segment(9).recordBytes();
    blobs.afterNextOpen(() -> {
      remove(9);
      host.collect();
    });
    compaction.round();
    host.collect();
    assertThat(
            database.<Long>read(
                sql -> sql.number("SELECT size_bytes - dead_bytes FROM store_files")))
        .isEqualTo(2 * record);
  }

  @Test
  void onlyContent_removedWhileItMoves_leavesNothing() {
    remove(0, 1, 2, 3, 4, 5, 6, 8, 9);
    blobs.afterNextOpen(() -> {
      remove(7);
      host.collect();
    });
    compaction.round();
    host.collect();
    host.sweep();
    assertThat(host.storeFiles()).isZero();
  }

  @Test
  void content_sharedWhileItMoves_movesAll() {
    remove(0, 1, 2, 3, 4, 5, 6);
    var his = new ArrayList<LinkId>();
    blobs.afterNextOpen(() -> his.add(host.keep(bob, "his", bytes(7)).link()));
    compaction.round();
    host.collect();
    assertThat(host.read(bob, his.getFirst())).isEqualTo(bytes(7));
    assertThat(host.storeFiles()).isEqualTo(1);
  }

  @Test
  void reader_goesOnWhileItsContentMoves() {
    Segment old = segment(9);
    remove(0, 1, 2, 3, 4, 5, 6);
    try (var reader = blobs.open(old, 0, old.length())) {
      compaction.round();
      host.collect();
      assertThat(host.storeFiles()).isEqualTo(1);
      var read = new ByteArrayOutputStream();
      for (var next = reader.next(); next != null; next = reader.next()) {
        var piece = new byte[next.remaining()];
        next.get(piece);
        read.writeBytes(piece);
      }
      assertThat(read.toByteArray()).isEqualTo(bytes(9));
    }
  }

  @ParameterizedTest
  @EnumSource
  void commit_thatFails_losesNothing(Failing failing) {
    remove(0, 1, 2, 3, 4, 5, 6);
    Segment before = segment(7);
    database.failNext(failing);
    assertThatThrownBy(compaction::round).isInstanceOf(DatabaseException.class);
    host.collect();
    host.sweep();

    assertThat(segment(7).equals(before)).isEqualTo(failing != Failing.ALL_DONE);
    if (Set.of(Failing.NOTHING_DONE, Failing.ALL_DONE).contains(failing)) {
      assertThat(faulty.unclosed()).hasSize(1);
      faulty.crash();
    }
    compaction.round();
    host.collect();
  }

  @Test
  void store_withoutRoom_losesNothing() {
    remove(0, 1, 2, 3, 4, 5, 6);
    faulty.fullAfter(10);
    assertThat(Refusal.of(compaction::round)).isEqualTo(new Failure.StoreFull());
    faulty.fullAfter(Long.MAX_VALUE);
    assertThat(compaction.round()).isPositive();
    host.collect();
  }

  /** The copies are in a pack that others go on with. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NOTHING_DONE", "ALL_DONE"})
  void transaction_undone_isToldAndNothingIsHeld_andTheCopiesAreDead(Failing failing) {
    remove(0, 1, 2, 3, 4, 5, 6);
    long before = deadBytes();
    database.failNext(failing);
    assertThatThrownBy(compaction::round).isInstanceOf(DatabaseException.class);
    assertThat(faulty.unclosed()).isEmpty();
    assertThat(deadBytes() - before)
        .isEqualTo(IntStream.range(7, FILES).mapToLong(i -> segment(i).recordBytes()).sum());
    host.sweep();
  }

  private long deadBytes() {
    return database.read(sql -> sql.number("SELECT SUM(dead_bytes) FROM store_files"));
  }

  private void keep(int from, int to) {
    for (int i = from; i < to; i++) {
      links.add(host.keep(alice, "file" + i, bytes(i)).link());
    }
  }

  /** Two packs of which three contents are left; of the first, more is dead. Returns how large. */
  private long hollowTwo() {
    assertThat(blobs.retire(segment(9).storeFile())).isTrue();
    keep(FILES, 2 * FILES - 1);
    assertThat(blobs.retire(segment(FILES).storeFile())).isTrue();
    remove(0, 1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15);
    return 3 * segment(9).recordBytes();
  }

  private static void assertRests(Compaction compaction) {
    for (int i = 0; i <= Compaction.RESTING_STEPS; i++) {
      assertThat(compaction.step()).as("step " + i).isZero();
    }
  }

  private void remove(int... numbers) {
    for (int number : numbers) {
      host.files.remove(alice, List.of(link(number)));
      links.set(number, null);
    }
    host.collect();
  }

  private Segment segment(int number) {
    return host.segments(alice, link(number)).getFirst();
  }

  private LinkId link(int number) {
    return Objects.requireNonNull(links.get(number));
  }

  private static byte[] bytes(int number) {
    return StoredBytes.random(number, 1000);
  }
}
