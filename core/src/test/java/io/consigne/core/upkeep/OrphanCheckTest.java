package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.NewContent;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.ContentId;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store file is deleted by a repair only if nothing needs it at that moment. */
class OrphanCheckTest {
  @TempDir Path directory;
  private final FaultyBlobs blobs = new FaultyBlobs(new Random(1));
  private UpkeepHost host;
  private Access alice;

  @BeforeEach
  void open() {
    host = new UpkeepHost(TestDatabases.sqlite(directory), blobs);
    alice = host.account("alice@example.org");
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void orphan_thatAContentIsMadeOfAfterTheLastLook_stays() {
    Segment orphan = StoredBytes.keep(blobs, StoredBytes.random(5, 10));
    FsckReport report = host.upkeep.fsck().run(true, new AfterTheLastLook(() -> enter(orphan)));
    assertThat(report.left()).isEqualTo(1);
    assertThat(StoredBytes.read(blobs, orphan)).isEqualTo(StoredBytes.random(5, 10));
  }

  @Test
  void orphan_thatNothingNeeds_isDeleted() {
    StoredBytes.keep(blobs, StoredBytes.random(5, 10));
    FsckReport report = host.upkeep.fsck().run(true, new AfterTheLastLook(() -> {}));
    assertThat(report.groups().getFirst().repaired()).isEqualTo(1);
    assertThat(host.fsck(true).groups()).isEmpty();
  }

  private void enter(Segment segment) {
    var content = new NewContent(alice.account(), 10, "0".repeat(64), List.of(segment));
    host.database.change(sql -> {
      host.parts.contents.add(sql, new ContentId(1_000), content, segment.recordEnd());
    });
  }

  /** Does something when both looks are over. */
  private static final class AfterTheLastLook implements Watcher<Fault> {
    private final Runnable deed;
    private int looks;

    AfterTheLastLook(Runnable deed) {
      this.deed = deed;
    }

    @Override
    public void progress(Progress progress) {
      if (progress.what().equals("Looking through the store") && ++looks == 2) {
        deed.run();
      }
    }

    @Override
    public void found(Fault fault) {
      assertThat(fault.kind()).isEqualTo(Fault.Kind.ORPHAN);
    }
  }
}
