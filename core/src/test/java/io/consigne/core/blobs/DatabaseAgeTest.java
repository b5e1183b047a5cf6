package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.db.HostFacts;
import io.consigne.core.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To an older copy of the database, what was stored since is nobody's: it stays nevertheless. */
class DatabaseAgeTest {
  @TempDir Path temporary;
  private Path store;
  private Path file;
  private Blobs blobs;
  private Database database;

  @BeforeEach
  void open() {
    store = temporary.resolve("blobs");
    file = temporary.resolve("consigne.db");
    blobs = new DiskBlobs(store, new Random(1));
    database = Databases.sqlite(file);
  }

  @AfterEach
  void close() {
    database.close();
    blobs.close();
  }

  @Test
  void olderCopy_hasNothingDeleted() throws IOException {
    DatabaseAge age = check();
    age.raise();
    copyAway();
    age.raise();
    String name = StoredBytes.keep(blobs, StoredBytes.random(1, 100)).storeFile();
    putBack();

    DatabaseAge of = check();
    of.raise();
    of.close();
    assertThat(isDoubted()).isTrue();
    assertThat(new Sweep(database, blobs, new UnenteredFiles()).run()).isZero();
    assertThat(storeFiles()).contains(name);
    assertThat(isHeld()).isTrue();
    assertThat(isDoubtedAtStart()).isTrue();
  }

  @Test
  void olderCopy_thatIsToBeUsed_isOnceTheAgeOfTheStoreIsRemoved() throws IOException {
    DatabaseAge age = check();
    copyAway();
    age.raise();
    String name = StoredBytes.keep(blobs, StoredBytes.random(1, 100)).storeFile();
    putBack();
    assertThat(isDoubtedAtStart()).isTrue();

    Files.delete(store.resolve("store-age"));
    DatabaseAge again = check();
    assertThat(isDoubted()).isFalse();
    assertThat(isHeld()).isFalse();
    assertThat(new Sweep(database, blobs, new UnenteredFiles()).run()).isEqualTo(1);
    assertThat(storeFiles()).doesNotContain(name);
    again.raise();
    assertThat(isDoubtedAtStart()).isFalse();
  }

  @Test
  void newerDatabase_putBack_isNotDoubted() throws IOException {
    DatabaseAge age = check();
    copyAway();
    age.raise();
    Path newer = temporary.resolve("newer.db");
    Databases.copySqlite(file, newer);
    putBack();
    assertThat(isDoubtedAtStart()).isTrue();
    replace(newer);
    assertThat(isDoubtedAtStart()).isFalse();
  }

  /** The store is told second, so that a kill in between is no reason for doubt. */
  @Test
  void killBetweenTheTwo_isNoReasonForDoubt() {
    check().raise();
    database.change(sql -> HostFacts.put(sql, "age", "2"));
    DatabaseAge age = check();
    assertThat(isDoubted()).isFalse();
    age.raise();
    assertThat(store.resolve("store-age")).hasContent("3");
  }

  /**
   * A host that was killed within ten minutes after the copy was made once deleted what came since.
   */
  @Test
  void copyOfBeforeAnUpload_isKnownAsOlder_soonAfterIt() throws IOException {
    DatabaseAge age = check();
    age.raise();
    age.raiseAfter(7);
    age.raiseAfter(7);
    copyAway();
    age.raiseAfter(7);
    assertThat(store.resolve("store-age")).hasContent("3");
    age.raiseAfter(8);
    putBack();
    assertThat(isDoubtedAtStart()).isTrue();
  }

  /** The transaction of the upload may end after the age was raised. */
  @Test
  void copyOfBeforeAnUploadThatEndsLate_isKnownAsOlder() throws IOException {
    DatabaseAge age = check();
    age.raiseAfter(8);
    copyAway();
    age.raiseAfter(8);
    putBack();
    assertThat(isDoubtedAtStart()).isTrue();
  }

  /** So that a copy is known as older also if the host was stopped soon after. */
  @Test
  void end_raises() throws IOException {
    DatabaseAge age = check();
    age.raise();
    copyAway();
    age.close();
    putBack();
    assertThat(isDoubtedAtStart()).isTrue();
  }

  private DatabaseAge check() {
    return DatabaseAge.check(database, store);
  }

  private boolean isDoubtedAtStart() {
    var _ = check();
    return isDoubted();
  }

  private boolean isDoubted() {
    return database.<Boolean>read(DatabaseAge::isDoubted);
  }

  private boolean isHeld() {
    var clock = new TestClock();
    var contents = new Contents(clock);
    var ran = new AtomicInteger();
    new Collector(database, blobs, contents, clock, Duration.ofMinutes(10))
        .hold()
        .unlessHeld(ran::incrementAndGet);
    return ran.get() == 0;
  }

  private List<String> storeFiles() {
    var names = new ArrayList<String>();
    blobs.forEach((name, size) -> names.add(name));
    return names;
  }

  private void copyAway() {
    Databases.copySqlite(file, temporary.resolve("copy.db"));
  }

  private void putBack() throws IOException {
    replace(temporary.resolve("copy.db"));
  }

  private void replace(Path by) throws IOException {
    database.close();
    Files.deleteIfExists(temporary.resolve("consigne.db-wal"));
    Files.deleteIfExists(temporary.resolve("consigne.db-shm"));
    Files.delete(file);
    Files.copy(by, file);
    database = Databases.sqlite(file);
  }
}
