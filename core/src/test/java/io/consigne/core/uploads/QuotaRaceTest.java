package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uploads at once share what is left of a quota. */
class QuotaRaceTest {
  private static final int UPLOADS = 20;
  private static final int FITTING = 7;
  private static final int FILE_BYTES = 10_000;

  @ParameterizedTest
  @EnumSource
  void room_isFilledExactly(TestDatabases.Kind kind, @TempDir Path directory) throws Exception {
    try (var host = new UploadHost(kind.open(directory), new MemoryBlobs(new Random(1)))) {
      Access free = host.account("free@example.org", Plan.FREE);
      long taken = Plan.FREE.storageBytes() - (long) FITTING * FILE_BYTES - FILE_BYTES / 2;
      setUsed(host, free, taken);
      var reports = all(host, free);

      assertThat(reports.stream().flatMap(report -> report.kept().stream())).hasSize(FITTING);
      assertThat(reports.stream().flatMap(report -> report.refused().stream()))
          .hasSize(UPLOADS - FITTING);
      assertThat(host.accounts.get(free.account()).usedBytes())
          .isEqualTo(taken + (long) FITTING * FILE_BYTES);
      host.collect();
      assertThat(host.storeFiles()).isEqualTo(1);
      setUsed(host, free, (long) FITTING * FILE_BYTES);
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void places_areFilledExactly(TestDatabases.Kind kind, @TempDir Path directory) throws Exception {
    try (var host = new UploadHost(kind.open(directory), new MemoryBlobs(new Random(1)))) {
      Access full = host.account("full@example.org", Plan.GOLD);
      host.accounts.setAllowance(full.account(), allowance -> allowance.withItems((long) FITTING));
      var reports = all(host, full);

      assertThat(reports.stream().flatMap(report -> report.kept().stream())).hasSize(FITTING);
      assertThat(reports.stream().flatMap(report -> report.refused().stream()))
          .extracting(UploadedFile.Refused::reason)
          .hasSize(UPLOADS - FITTING)
          .containsOnly(new Failure.TooManyItems(FITTING).message());
      assertThat(host.accounts.get(full.account()).items()).isEqualTo(FITTING);
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    }
  }

  private static List<UploadReport> all(UploadHost host, Access access) throws Exception {
    var barrier = new CyclicBarrier(UPLOADS);
    var calls = new ArrayList<Callable<UploadReport>>();
    for (int i = 0; i < UPLOADS; i++) {
      int seed = i;
      calls.add(() -> {
        try (Upload upload = host.begin(access)) {
          UploadHost.send(upload, "file", StoredBytes.random(seed, FILE_BYTES));
          barrier.await();
          return upload.commit(UploadForm.PLAIN);
        }
      });
    }
    var reports = new ArrayList<UploadReport>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each : threads.invokeAll(calls)) {
        reports.add(each.get());
      }
    }
    return reports;
  }

  private static void setUsed(UploadHost host, Access access, long bytes) {
    host.database.change(sql ->
        sql.update(
            "UPDATE accounts SET used_bytes = ? WHERE id = ?", bytes, access.account().value()));
  }
}
