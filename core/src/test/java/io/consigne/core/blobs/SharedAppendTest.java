package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who appends at the same time shares a write and a sync, and its failure. */
class SharedAppendTest {
  private static final int CALLERS = 50;
  private static final int BYTES = 1000;
  private static final long RECORD = BYTES + RecordFormat.SUM_BYTES + RecordFormat.FOOTER_BYTES;

  @TempDir Path directory;
  private final IOException fault = new IOException("Input/output error");
  private final GatedDisk disk = new GatedDisk();
  private DiskBlobs blobs;

  @BeforeEach
  void open() {
    blobs = new DiskBlobs(directory, new Random(1), disk, PackLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    blobs.close();
  }

  @Test
  void manyAtOnce_shareOneWriteAndOneSync() throws Exception {
    var first = start(0);
    disk.awaitSync(1);
    var others = startOthers();
    disk.pass(2);

    assertThat(read(blobs, first.segment())).isEqualTo(random(0, BYTES));
    for (int i = 1; i < CALLERS; i++) {
      assertThat(read(blobs, others.get(i - 1).segment())).isEqualTo(random(i, BYTES));
    }
    assertThat(disk.syncs()).isEqualTo(2);
    assertThat(disk.writes()).isEqualTo(2);
  }

  @Test
  void pack_isMadeDurableOnce() throws Exception {
    int before = disk.directorySyncs();
    disk.pass(3);
    for (int i = 0; i < 3; i++) {
      start(i).segment();
    }
    assertThat(disk.directorySyncs() - before).isEqualTo(2);
    assertThat(disk.syncs()).isEqualTo(3);
  }

  @Test
  void failedSync_failsAllWhoSharedIt_andNobodyElse() throws Exception {
    disk.pass(1);
    Segment before = start(100).segment();
    var first = start(0);
    disk.awaitSync(2);
    var others = startOthers();
    disk.fail(fault);
    disk.pass(1);
    assertThatThrownBy(first::segment).hasRootCause(fault);
    disk.awaitSync(3);
    disk.mend();
    disk.pass(1);

    String next = others.getFirst().segment().storeFile();
    assertThat(next).isNotEqualTo(before.storeFile());
    for (int i = 1; i < CALLERS; i++) {
      Segment segment = others.get(i - 1).segment();
      assertThat(segment.storeFile()).isEqualTo(next);
      assertThat(read(blobs, segment)).isEqualTo(random(i, BYTES));
    }
    assertThat(read(blobs, before)).isEqualTo(random(100, BYTES));
    assertThat(size(before.storeFile())).isEqualTo(RECORD);
  }

  /** Those who had not done the writing themselves waited for ever. */
  @Test
  @Timeout(60)
  void fileSystemThatDies_failsAllWhoSharedTheSync() throws Exception {
    var first = start(0);
    disk.awaitSync(1);
    var others = startOthers();
    disk.pass(1);
    first.segment();
    disk.awaitSync(2);
    disk.die(fault);
    disk.pass(1);

    for (Append each : others) {
      assertThatThrownBy(each::segment).isInstanceOf(ExecutionException.class).hasRootCause(fault);
    }
  }

  @Test
  void failedSync_ofAGroup_keepsNothingOfIt() throws Exception {
    var first = start(0);
    disk.awaitSync(1);
    var others = startOthers();
    disk.pass(1);
    Segment before = first.segment();
    disk.awaitSync(2);
    disk.fail(fault);
    disk.pass(1);

    for (Append each : others) {
      assertThatThrownBy(each::segment)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UncheckedIOException.class)
          .hasRootCause(fault);
    }
    assertThat(size(before.storeFile())).isEqualTo(RECORD);
    assertThat(read(blobs, before)).isEqualTo(random(0, BYTES));
    disk.mend();
    disk.pass(1);
    assertThat(start(1).segment().storeFile()).isNotEqualTo(before.storeFile());
  }

  /** A pack is a file of the store, and not of the thread that happens to write for all. */
  @Test
  void writer_interrupted_costsNobodyHisContents() throws Exception {
    var first = start(0);
    disk.awaitSync(1);
    var others = startOthers();
    first.thread().interrupt();
    disk.pass(3);

    assertThat(read(blobs, first.segment())).isEqualTo(random(0, BYTES));
    for (int i = 1; i < CALLERS; i++) {
      assertThat(read(blobs, others.get(i - 1).segment())).isEqualTo(random(i, BYTES));
    }
    assertThat(first.stayedInterrupted()).isTrue();
  }

  @Test
  void waiter_interrupted_getsItsAnswer_andStaysInterrupted() throws Exception {
    start(0);
    disk.awaitSync(1);
    var waiter = start(1);
    await().until(() -> waiter.thread().getState() == Thread.State.WAITING);
    waiter.thread().interrupt();
    disk.pass(2);

    assertThat(read(blobs, waiter.segment())).isEqualTo(random(1, BYTES));
    assertThat(waiter.stayedInterrupted()).isTrue();
  }

  @Test
  void pack_thatIsLargeEnough_isFollowedByAnother() throws Exception {
    disk.pass(10);
    var small = new PackLimits(2 * RECORD, 1 << 20);
    try (var limited = new DiskBlobs(directory.resolve("limited"), new Random(1), disk, small)) {
      var names = new ArrayList<String>();
      for (int i = 0; i < 5; i++) {
        var segment = StoredBytes.append(limited, List.of(random(i, BYTES))).getFirst();
        names.add(segment.storeFile());
        assertThat(read(limited, segment)).isEqualTo(random(i, BYTES));
      }
      assertThat(names.get(0)).isEqualTo(names.get(1)).isNotEqualTo(names.get(2));
      assertThat(names.get(2)).isEqualTo(names.get(3)).isNotEqualTo(names.get(4));
    }
  }

  @Test
  void group_hasABound() throws Exception {
    var small = new PackLimits(1 << 20, 10 * BYTES);
    try (var limited = new DiskBlobs(directory.resolve("limited"), new Random(1), disk, small)) {
      var first = start(limited, 0);
      disk.awaitSync(1);
      var others = startOthers(limited);
      disk.pass(100);
      first.segment();
      for (Append each : others) {
        each.segment();
      }
      assertThat(disk.syncs()).isEqualTo(1 + 5);
    }
  }

  @Test
  void store_withoutRoom_saysSo_andThePackGoesOn() throws Exception {
    disk.pass(2);
    var full = new boolean[] {false};
    Disk filling =
        new Disk() {
          @Override
          public long availableBytes(java.nio.file.FileStore store) {
            return full[0] ? 0 : Long.MAX_VALUE;
          }
        };
    try (var limited =
        new DiskBlobs(directory.resolve("full"), new Random(1), filling, PackLimits.DEFAULT)) {
      var before = StoredBytes.append(limited, List.of(random(1, 10))).getFirst();
      full[0] = true;
      assertThatThrownBy(() -> StoredBytes.append(limited, List.of(random(2, 10))))
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure()).isEqualTo(new Failure.StoreFull()));
      full[0] = false;
      var after = StoredBytes.append(limited, List.of(random(3, 10))).getFirst();
      assertThat(after.storeFile()).isEqualTo(before.storeFile());
    }
  }

  @Test
  void pack_ofAnEarlierRun_isNotAppendedTo() throws Exception {
    disk.pass(2);
    Segment before = start(0).segment();
    blobs.close();
    blobs = new DiskBlobs(directory, new Random(2), disk, PackLimits.DEFAULT);
    blobs.clear();

    assertThat(start(1).segment().storeFile()).isNotEqualTo(before.storeFile());
    assertThat(size(before.storeFile())).isEqualTo(RECORD);
    assertThat(blobs.cut(before.storeFile(), 0)).isTrue();
    assertThat(size(before.storeFile())).isZero();
  }

  private List<Append> startOthers() {
    return startOthers(blobs);
  }

  /** Starts all but the first, and returns when they wait. */
  private List<Append> startOthers(Blobs store) {
    var others = new ArrayList<Append>();
    for (int i = 1; i < CALLERS; i++) {
      others.add(start(store, i));
    }
    await()
        .until(() ->
            others.stream().allMatch(each -> each.thread().getState() == Thread.State.WAITING));
    return others;
  }

  private Append start(int seed) {
    return start(blobs, seed);
  }

  private static Append start(Blobs store, int seed) {
    return new Append(store, seed);
  }

  private long size(String storeFile) throws IOException {
    return Files.size(directory.resolve(storeFile.substring(0, 2)).resolve(storeFile));
  }

  private static final class Append {
    private final FutureTask<Segment> task;
    private final Thread thread;
    private volatile boolean interrupted;

    Append(Blobs store, int seed) {
      task =
          new FutureTask<>(() -> {
            try (var appended = store.append(List.of(ByteBuffer.wrap(random(seed, BYTES))))) {
              interrupted = Thread.interrupted();
              return appended.segments().getFirst();
            }
          });
      thread = Thread.ofPlatform().daemon().start(task);
    }

    Thread thread() {
      return thread;
    }

    Segment segment() throws Exception {
      return task.get();
    }

    boolean stayedInterrupted() throws Exception {
      task.get();
      return interrupted;
    }
  }
}
