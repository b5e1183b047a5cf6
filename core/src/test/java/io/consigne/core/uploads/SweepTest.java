package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.HookedBlobs;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.blobs.Sweep;
import io.consigne.core.blobs.UnenteredFiles;
import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.LinkId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Store files that nothing knows are swept away, and no others. */
class SweepTest {
  @TempDir Path directory;
  private final MemoryBlobs blobs = new MemoryBlobs(new Random(1));
  private UploadHost host;
  private Access alice;

  @BeforeEach
  void open() {
    host = new UploadHost(TestDatabases.sqlite(directory), blobs);
    alice = host.account("alice@example.org", Plan.GOLD);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void orphans_areDeleted_andFilesStay() {
    LinkId link = host.keep(alice, "a", StoredBytes.random(1, 300_000)).link();
    for (int i = 0; i < 3; i++) {
      StoredBytes.keep(blobs, StoredBytes.random(i, 10));
    }

    assertThat(new Sweep(host.database, blobs, host.unentered).run()).isEqualTo(3);
    assertThat(host.read(alice, link)).hasSize(300_000);
    assertThat(Ledger.faults(host.database, blobs)).isEmpty();
  }

  /** Its row may come: a server goes on with what a killed host has sent to it. */
  @Test
  void orphan_staysUntilEarlierWritesAreDecided_andTheSweepRunsOnce() {
    String first = StoredBytes.keep(blobs, StoredBytes.random(1, 10)).storeFile();
    var database = new Undecided(host.database);
    var sweep = new Sweep(database, blobs, host.unentered);
    sweep.round();
    assertThat(visible()).contains(first);
    database.decided = true;
    sweep.round();
    assertThat(visible()).doesNotContain(first);
    String later = StoredBytes.keep(blobs, StoredBytes.random(2, 10)).storeFile();
    sweep.round();
    assertThat(visible()).contains(later);
  }

  private List<String> visible() {
    var names = new ArrayList<String>();
    blobs.forEach((name, size) -> names.add(name));
    return names;
  }

  private static final class Undecided implements Database {
    private final Database inner;
    private boolean decided;

    private Undecided(Database inner) {
      this.inner = inner;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      return inner.read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      return inner.write(work);
    }

    @Override
    public boolean isDecided(long mark) {
      return decided;
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  @Test
  void storeFile_onItsWay_stays() {
    var unentered = new UnenteredFiles();
    String name = StoredBytes.keep(blobs, StoredBytes.random(1, 10)).storeFile();
    unentered.add(List.of(name));

    assertThat(new Sweep(host.database, blobs, unentered).run()).isZero();

    unentered.remove(List.of(name));
    assertThat(new Sweep(host.database, blobs, unentered).run()).isEqualTo(1);
  }

  /** The sweep saw a pack before the first upload in it was entered. */
  @Test
  void pack_thatIsEnteredInTheLastMoment_stays() {
    StoredBytes.append(blobs, List.of(StoredBytes.random(1, 10)));
    var kept = new ArrayList<LinkId>();
    var hooked = new HookedBlobs(blobs);
    hooked.beforeNextRetire(
        () -> kept.add(host.keep(alice, "a", StoredBytes.random(2, 300)).link()));

    assertThat(new Sweep(host.database, hooked, host.unentered).run()).isZero();
    assertThat(host.read(alice, kept.getFirst())).isEqualTo(StoredBytes.random(2, 300));
    assertThat(Ledger.faults(host.database, blobs)).isEmpty();
  }

  @Test
  void pack_thatIsHeld_stays() {
    try (var held = blobs.append(List.of(ByteBuffer.allocate(10)))) {
      assertThat(new Sweep(host.database, blobs, host.unentered).run()).isZero();
      assertThat(StoredBytes.read(blobs, held.segments().getFirst())).hasSize(10);
    }
    assertThat(new Sweep(host.database, blobs, host.unentered).run()).isEqualTo(1);
  }

  @Test
  void databaseOfAnotherStore_deletesNothing() {
    for (int i = 0; i < 400; i++) {
      StoredBytes.keep(blobs, StoredBytes.random(i, 10));
    }

    assertThat(new Sweep(host.database, blobs, host.unentered).run()).isZero();
    assertThat(host.storeFiles()).isEqualTo(400);
  }
}
