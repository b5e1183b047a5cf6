package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.Sql;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.Share;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files for which there is no room are thrown away as they come, and refused as if they had come
 * whole. They were received to their end, whatever the quota: one of 200 GB filled the disk.
 */
class CrowdedUploadTest {
  private static final int ROOM = 300_000;

  @TempDir Path directory;
  private final FaultyBlobs blobs = new FaultyBlobs(new Random(1));

  private UploadHost host(TestDatabases.Kind kind) {
    return new UploadHost(kind.open(directory), blobs);
  }

  @ParameterizedTest
  @EnumSource
  void fileBeyondTheQuota_isGoneBeforeItsEnd_andTheNextIsKept(TestDatabases.Kind kind) {
    try (UploadHost host = host(kind)) {
      Access bob = account(host, "bob@example.org", ROOM);
      UploadReport report;
      try (Upload upload = host.begin(bob)) {
        Incoming file = upload.file("large", null);
        UploadHost.write(file, StoredBytes.random(1, 200_000));
        assertThat(blobs.unclosed()).hasSize(1);
        UploadHost.write(file, StoredBytes.random(2, 200_000));
        assertThat(blobs.unclosed()).isEmpty();
        UploadHost.write(file, StoredBytes.random(3, 600_000));
        file.end();
        UploadHost.send(upload, "fits", StoredBytes.random(4, ROOM));
        UploadHost.send(upload, "more", new byte[10]);
        report = upload.commit(UploadForm.PLAIN);
      }
      assertThat(report.kept()).extracting(UploadedFile::name).containsExactly("fits");
      assertThat(report.refused())
          .extracting(UploadedFile.Refused::name, UploadedFile.Refused::size)
          .containsExactly(tuple("large", 1_000_000L), tuple("more", 10L));
      assertThat(report.refused())
          .extracting(UploadedFile.Refused::reason)
          .containsExactly(
              "Storage quota exceeded: 1000000 bytes needed, 300000 left",
              "Storage quota exceeded: 10 bytes needed, 0 left");
      assertThat(host.uploads.underway().accounts()).isZero();
      assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void roomThatCameTooLate_isNoUse(TestDatabases.Kind kind) {
    try (UploadHost host = host(kind)) {
      Access bob = account(host, "bob@example.org", ROOM);
      try (Upload upload = host.begin(bob)) {
        UploadHost.send(upload, "large", new byte[400_000]);
        setQuota(host, bob, 2_000_000);
        UploadReport report = upload.commit(UploadForm.PLAIN);
        assertThat(report.refused())
            .extracting(UploadedFile.Refused::reason)
            .containsExactly("Storage quota exceeded: 400000 bytes needed, 300000 left");
      }
      assertThat(host.accounts.get(bob.account()).usedBytes()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void placeForAFile_isAskedForToo(TestDatabases.Kind kind) {
    try (UploadHost host = host(kind)) {
      Access bob = account(host, "bob@example.org", ROOM);
      host.accounts.setAllowance(bob.account(), allowance -> allowance.withItems(1L));
      try (Upload upload = host.begin(bob)) {
        UploadHost.send(upload, "first", new byte[100]);
        UploadHost.write(upload.file("second", null), new byte[200_000]);
        assertThat(blobs.unclosed()).isEmpty();
      }
      assertThat(host.uploads.underway().accounts()).isZero();
    }
  }

  /** A file that is too large anyhow is told so, as before. */
  @ParameterizedTest
  @EnumSource
  void fileBeyondThePlan_isTooLarge_alsoWithoutRoom(TestDatabases.Kind kind) {
    try (UploadHost host = host(kind)) {
      Access bob = account(host, "bob@example.org", ROOM);
      var limits = new FileLimits(500_000, 2);
      var head = new UploadHead(host.uploads.newId(), Sender.identified(bob), limits);
      try (Upload upload = host.uploads.begin(head)) {
        UploadHost.send(upload, "large", new byte[550_000]);
        assertThat(upload.commit(UploadForm.PLAIN).refused())
            .extracting(UploadedFile.Refused::failure)
            .containsExactly(Optional.of(new Failure.TooLarge("file", 550_000, 500_000)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileForARecipientWithoutRoom_isGoneBeforeItsEnd(TestDatabases.Kind kind) {
    try (UploadHost host = host(kind)) {
      Access guests = host.account(Accounts.GUESTS, Plan.GUEST);
      account(host, "bob@example.org", ROOM);
      assertThat(reason(host, Sender.guest(guests), recipient("bob@example.org"), null))
          .isEqualTo("Storage quota exceeded");
      assertThat(reason(host, Sender.guest(guests), recipient("eve@example.org"), null))
          .isEqualTo("user must be an account of this host: eve@example.org");
      setQuota(host, guests, 0);
      assertThat(reason(host, Sender.guest(guests), UploadForm.PLAIN, null))
          .isEqualTo("Storage quota exceeded");
    }
  }

  @ParameterizedTest
  @EnumSource
  void folderOfAnother_itsOwnerPays_alsoIfItIsNamedBehindTheFile(TestDatabases.Kind kind) {
    try (UploadHost host = host(kind)) {
      Access bob = account(host, "bob@example.org", 0);
      Access alice = account(host, "alice@example.org", 500_000);
      FolderId docs = host.folders.make(alice, FolderRef.ROOT, new FileName("Docs")).id();
      UploadForm into = new UploadForm(FolderRef.of(docs), 0, null, null);
      Sender sender = Sender.identified(bob);
      String own = "Storage quota exceeded: 400000 bytes needed, 0 left";
      assertThat(reason(host, sender, UploadForm.PLAIN, into)).isEqualTo(own);
      share(host, alice, docs, false);
      assertThat(reason(host, sender, UploadForm.PLAIN, null)).isEqualTo(own);
      assertThat(reason(host, sender, into, null))
          .isEqualTo("Not allowed: this folder is shared for reading only");
      share(host, alice, docs, true);
      try (Upload upload = host.begin(bob)) {
        UploadHost.send(upload, "large", new byte[400_000]);
        assertThat(upload.commit(into).kept()).hasSize(1);
      }
      assertThat(host.accounts.get(alice.account()).usedBytes()).isEqualTo(400_000);
      assertThat(reason(host, sender, into, null)).isEqualTo("Storage quota exceeded");
      assertThat(reason(host, sender, UploadForm.PLAIN, null)).isEqualTo(own);
    }
  }

  /** What a commit charges is counted once, lest uploads beside it find no room. */
  @ParameterizedTest
  @EnumSource
  void commit_ofBytes_leavesThemOutOfWhatIsUnderway(TestDatabases.Kind kind) {
    try (UploadHost host = host(kind)) {
      Access bob = account(host, "bob@example.org", ROOM);
      try (Upload upload = host.begin(bob)) {
        UploadHost.send(upload, "large", new byte[200_000]);
        assertThat(host.uploads.underway().accounts()).isEqualTo(1);
        var alongside =
            new Alongside() {
              @Override
              public void before(Sql sql) {
                assertThat(host.uploads.underway().accounts()).isZero();
              }
            };
        assertThat(upload.commit(UploadForm.PLAIN, alongside).kept()).hasSize(1);
      }
    }
  }

  /** A fetch has reserved its room, which is not left any more. */
  @ParameterizedTest
  @EnumSource
  void uploadAside_isNotAskedFor(TestDatabases.Kind kind) {
    try (UploadHost host = host(kind)) {
      Access bob = account(host, "bob@example.org", 0);
      try (Upload upload = host.uploads.beginAside(Sender.identified(bob))) {
        UploadHost.write(upload.file("fetched", null), new byte[400_000]);
        assertThat(blobs.unclosed()).hasSize(1);
      }
    }
  }

  private static Access account(UploadHost host, String email, long quota) {
    Access made = host.account(email, Plan.GOLD);
    setQuota(host, made, quota);
    return made;
  }

  private static void setQuota(UploadHost host, Access access, long bytes) {
    host.accounts.setAllowance(access.account(), allowance -> allowance.withBytes(bytes));
  }

  private static void share(UploadHost host, Access owner, FolderId folder, boolean rw) {
    host.share(owner, folder, new Share("bob@example.org", rw, false));
  }

  private static UploadForm recipient(String email) {
    return new UploadForm(FolderRef.ROOT, 0, null, email);
  }

  /**
   * Sends a file that is thrown away as it comes; returns why it was refused.
   *
   * @param after what the form is at the end, null for the same
   */
  private @Nullable String reason(
      UploadHost host, Sender sender, UploadForm before, @Nullable UploadForm after) {
    try (Upload upload = host.uploads.begin(sender)) {
      upload.expect(() -> before);
      Incoming file = upload.file("large", null);
      UploadHost.write(file, new byte[350_000]);
      assertThat(blobs.unclosed()).isEmpty();
      UploadHost.write(file, new byte[50_000]);
      file.end();
      UploadReport report = upload.commit(after == null ? before : after);
      assertThat(report.kept()).isEmpty();
      return report.refused().getFirst().reason();
    }
  }
}
