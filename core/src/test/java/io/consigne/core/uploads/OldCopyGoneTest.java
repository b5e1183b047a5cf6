package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.HookedBlobs;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.LinkId;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an upload counted on may change between its look at the database and its transaction. */
class OldCopyGoneTest {
  private static final byte[] BYTES = StoredBytes.random(1, 300_000);

  @TempDir Path directory;
  private final HookedBlobs blobs = new HookedBlobs(new MemoryBlobs(new Random(1)));

  @ParameterizedTest
  @EnumSource
  void oldCopy_collectedWhileItIsVerified_isReplacedByTheNew(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      LinkId old = host.keep(alice, "old", BYTES).link();
      blobs.afterNextOpen(() -> {
        host.files.remove(alice, List.of(old));
        host.collect();
      });
      LinkId link = host.keep(alice, "new", BYTES).link();

      assertThat(host.read(alice, link)).isEqualTo(BYTES);
      assertThat(host.storeFiles()).isEqualTo(1);
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oldCopy_collectedAndUploadedAgainMeanwhile_isShared(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      LinkId old = host.keep(alice, "old", BYTES).link();
      blobs.afterNextOpen(() -> {
        host.files.remove(alice, List.of(old));
        host.collect();
        host.keep(alice, "other", BYTES);
      });
      LinkId link = host.keep(alice, "new", BYTES).link();

      assertThat(host.read(alice, link)).isEqualTo(BYTES);
      assertThat(host.storeFiles()).isEqualTo(1);
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void folder_goneMeanwhile_meansTheRoot_andTheBytesOfItsOwner(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      FolderRef folder =
          FolderRef.of(host.folders.make(alice, FolderRef.ROOT, new FileName("docs")).id());
      host.keep(alice, "old", BYTES);
      blobs.afterNextOpen(() -> host.folders.remove(alice, folder));
      UploadReport report;
      try (Upload upload = host.begin(alice)) {
        UploadHost.send(upload, "new", BYTES);
        report = upload.commit(new UploadForm(folder, 0, null, null));
      }

      assertThat(host.file(alice, report.kept().getFirst().link()).folder())
          .isEqualTo(alice.root());
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    }
  }
}
