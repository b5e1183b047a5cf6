package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.Compaction;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.blobs.TestStores;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.LinkId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same few contents are uploaded, read, copied and removed by several threads at once, while
 * what was removed is collected without any grace time, and store files are compacted.
 */
class SameContentTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 60;
  private static final List<byte[]> CONTENTS =
      List.of(
          StoredBytes.random(1, 0),
          StoredBytes.random(2, 5000),
          StoredBytes.random(5, 900),
          StoredBytes.random(6, 2500),
          StoredBytes.random(3, 140_000),
          StoredBytes.random(4, 300_000));

  private final AtomicInteger checked = new AtomicInteger();
  private final AtomicLong compacted = new AtomicLong();

  @ParameterizedTest
  @EnumSource
  void file_thatIsThere_neverMissesAByte(TestDatabases.Kind kind, @TempDir Path directory)
      throws Exception {
    try (var host =
        new UploadHost(kind.open(directory), TestStores.smallPacks(directory.resolve("store")))) {
      torture(host);
      assertThat(compacted).hasPositiveValue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void file_thatIsThere_neverMissesAByte_whenAccountsShareContents(
      TestDatabases.Kind kind, @TempDir Path directory) throws Exception {
    var limits = UploadLimits.DEFAULT.with(Dedupe.HOST);
    try (var host = new UploadHost(kind.open(directory), new MemoryBlobs(new Random(1)), limits)) {
      torture(host);
    }
  }

  private void torture(UploadHost host) throws Exception {
    Access alice = host.account("alice@example.org", Plan.GOLD);
    Access bob = host.account("bob@example.org", Plan.GOLD);
    var ended = new AtomicBoolean();
    var calls = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < THREADS; i++) {
      var random = new Random(i);
      Access access = i % 2 == 0 ? alice : bob;
      calls.add(() -> rounds(host, access, random));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var collecting =
          threads.submit(() -> {
            Compaction compaction =
                TestStores.eagerCompaction(host.database, host.blobs, host.clock);
            while (!ended.get()) {
              host.collect();
              compacted.addAndGet(compaction.round());
            }
          });
      try {
        for (var each : threads.invokeAll(calls)) {
          assertThat(each.get()).isTrue();
        }
      } finally {
        ended.set(true);
      }
      collecting.get();
    }
    host.collect();
    assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    assertThat(checked).hasPositiveValue();
  }

  private boolean rounds(UploadHost host, Access access, Random random) {
    var mine = new ArrayList<Owned>();
    for (int i = 0; i < ROUNDS; i++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> mine.add(upload(host, access, random));
        case 2 -> mine.forEach(file -> check(host, access, file));
        case 3 -> {
          if (!mine.isEmpty()) {
            Owned gone = mine.remove(random.nextInt(mine.size()));
            host.files.remove(access, List.of(gone.link()));
          }
        }
        default -> {
          mine.forEach(file -> host.files.remove(access, List.of(file.link())));
          mine.clear();
        }
      }
    }
    mine.forEach(file -> check(host, access, file));
    return true;
  }

  private Owned upload(UploadHost host, Access access, Random random) {
    int content = random.nextInt(CONTENTS.size());
    UploadedFile.Kept kept = host.keep(access, "file", CONTENTS.get(content));
    return new Owned(kept.link(), content);
  }

  /** Without a grace time, what has just moved may be gone from its old place. */
  private void check(UploadHost host, Access access, Owned file) {
    List<Segment> place = List.of();
    List<Segment> now = host.segments(access, file.link());
    while (!now.equals(place)) {
      place = now;
      try {
        assertThat(host.read(place)).isEqualTo(CONTENTS.get(file.content()));
        checked.incrementAndGet();
        return;
      } catch (FailureException e) {
        now = host.segments(access, file.link());
        if (now.equals(place)) {
          throw new AssertionError("file " + file + ": " + describe(e.failure()), e);
        }
      }
    }
  }

  private static String describe(Failure failure) {
    return failure instanceof Failure.Rotten(String where) ? where : failure.message();
  }

  private record Owned(LinkId link, int content) {}
}
