package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An upload id is good for one upload. */
class UploadIdTest {
  @TempDir Path directory;
  private UploadHost host;
  private Access alice;

  @BeforeEach
  void open() {
    host = new UploadHost(TestDatabases.sqlite(directory), new MemoryBlobs(new Random(1)));
    alice = host.account("alice@example.org", Plan.GOLD);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345678901", "ab-c", "é"})
  void text_withoutTheShape_isNoId(String text) {
    assertThat(UploadId.parse(text)).isEmpty();
    assertThatThrownBy(() -> new UploadId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void newId_hasTenCharacters_andNothingIsStored() {
    assertThat(host.uploads.newId().value()).matches("[A-Za-z0-9]{10}");
    assertThat(host.database.<Long>read(sql -> sql.number("SELECT COUNT(*) FROM uploads")))
        .isZero();
  }

  @Test
  void id_ofARunningUpload_isRefused_untilThatWasGivenUp() {
    var id = new UploadId("abc");
    Upload first = host.uploads.begin(id, Sender.identified(alice));

    assertConflict(() -> host.uploads.begin(id, Sender.identified(alice)));
    first.close();

    host.uploads.begin(id, Sender.identified(alice)).close();
  }

  @Test
  void id_ofACommittedUpload_isRefusedForEver() {
    var id = new UploadId("abc");
    commit(id);

    assertConflict(() -> host.uploads.begin(id, Sender.identified(alice)));
  }

  @ParameterizedTest
  @EnumSource
  void id_committedByAnotherNodeMeanwhile_isRefusedAndLeavesNothing(
      TestDatabases.Kind kind, @TempDir Path elsewhere) {
    try (var node = new UploadHost(kind.open(elsewhere), new MemoryBlobs(new Random(1)))) {
      Access bob = node.account("bob@example.org", Plan.GOLD);
      try (Upload upload = node.uploads.begin(new UploadId("abc"), Sender.identified(bob))) {
        UploadHost.send(upload, "a", new byte[] {1});
        node.database.change(sql ->
            sql.update(
                "INSERT INTO uploads (id, incoming, finished_at) VALUES ('abc', ?, 0)", false));
        assertConflict(() -> upload.commit(UploadForm.PLAIN));
      }
      node.collect();
      assertThat(Ledger.faults(node.database, node.blobs)).isEmpty();
      assertThat(node.storeFiles()).isZero();
    }
  }

  @Test
  void id_usedByManyAtOnce_servesOne() throws Exception {
    var id = new UploadId("abc");
    var barrier = new CyclicBarrier(8);
    Callable<Boolean> attempt =
        () -> {
          barrier.await();
          try {
            commit(id);
            return true;
          } catch (FailureException e) {
            assertThat(e.failure()).isInstanceOf(Failure.Conflict.class);
            return false;
          }
        };
    var served = new ArrayList<Boolean>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each :
          List.copyOf(threads.invokeAll(java.util.Collections.nCopies(8, attempt)))) {
        served.add(each.get());
      }
    }

    assertThat(served).containsOnlyOnce(true);
  }

  private void commit(UploadId id) {
    try (Upload upload = host.uploads.begin(id, Sender.identified(alice))) {
      UploadHost.send(upload, "a", new byte[] {1});
      upload.commit(UploadForm.PLAIN);
    }
  }

  private static void assertConflict(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(FailureException.class)
        .hasMessage("The upload id was used already: abc");
  }
}
