package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upload that does not come to its end leaves behind: nothing. */
class UploadFaultTest {
  @TempDir Path directory;
  private final FaultyBlobs blobs = new FaultyBlobs(new Random(1));
  private UploadHost host;
  private Access alice;
  private UploadedFile.Kept before;
  private final byte[] bytesBefore = StoredBytes.random(1, 300_000);

  @BeforeEach
  void open() {
    host = new UploadHost(TestDatabases.sqlite(directory), blobs);
    alice = host.account("alice@example.org", Plan.GOLD);
    before = host.keep(alice, "before", bytesBefore);
  }

  @AfterEach
  void onlyWhatWasAnswered_isThere() {
    assertThat(blobs.unclosed()).isEmpty();
    assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    assertThat(host.storeFiles()).isEqualTo(1);
    assertThat(host.read(alice, before.link())).isEqualTo(bytesBefore);
    host.close();
    assertThat(host.uploads.memory().smallLeft())
        .as("all memory is given back, at the latest when the hashes have ended")
        .isEqualTo(UploadLimits.DEFAULT.smallMemoryBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 100_000, 500_000})
  void uploadGivenUp_inTheMiddleOfAFile_leavesNothing(int sent) {
    try (Upload upload = host.begin(alice)) {
      UploadHost.send(upload, "whole", StoredBytes.random(2, 200_000));
      UploadHost.write(upload.file("torn", null), StoredBytes.random(3, sent));
    }
    assertThat(host.database.<Long>read(sql -> sql.number("SELECT COUNT(*) FROM uploads")))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000, 400_000, 601_000})
  void store_fullInTheMiddle_saysSoAndLeavesNothing(int room) {
    blobs.fullAfter(room);
    assertThatThrownBy(() -> uploadTwo())
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.StoreFull.class));
    blobs.fullAfter(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"CREATE,1", "WRITE,1", "WRITE,2", "WRITE,5", "END_RECORD,1", "COMMIT,1", "APPEND,1"})
  void store_failing_failsTheUploadAndLeavesNothing(FaultyBlobs.Call call, int nth) {
    blobs.failAt(call, nth);

    assertThatThrownBy(() -> uploadTwo())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("injected failure of " + call);
  }

  @Test
  void store_failingToCloseAFile_closesTheOthers() {
    Upload upload = host.begin(alice);
    UploadHost.send(upload, "whole", StoredBytes.random(2, 200_000));
    UploadHost.write(upload.file("torn", null), StoredBytes.random(3, 200_000));
    blobs.failAt(FaultyBlobs.Call.CLOSE, 1);

    assertThatThrownBy(upload::close).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void power_lostBeforeTheCommit_leavesWhatWasAnswered() {
    try (Upload upload = host.begin(alice)) {
      UploadHost.send(upload, "lost", StoredBytes.random(2, 200_000));
      blobs.crash();
      assertThatThrownBy(() -> upload.commit(UploadForm.PLAIN))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void power_lostAfterTheAnswer_losesNothing() {
    blobs.crash();

    assertThat(host.read(alice, before.link())).isEqualTo(bytesBefore);
  }

  @Test
  void failedUpload_takesNothingMore() {
    blobs.failAt(FaultyBlobs.Call.WRITE, 1);
    try (Upload upload = host.begin(alice)) {
      Incoming file = upload.file("a", null);
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(200_000)))
          .isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> upload.commit(UploadForm.PLAIN))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private void uploadTwo() {
    try (Upload upload = host.begin(alice)) {
      UploadHost.send(upload, "small", StoredBytes.random(2, 2000));
      UploadHost.send(upload, "large", StoredBytes.random(3, 600_000));
      upload.commit(UploadForm.PLAIN);
    }
  }
}
