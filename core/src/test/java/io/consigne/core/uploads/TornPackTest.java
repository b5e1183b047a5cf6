package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.LinkId;
import io.consigne.core.uploads.UnsureDatabase.Failing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What appends that were not answered leave in packs goes at the next start, and nothing else. */
class TornPackTest {
  private static final byte[] BYTES = StoredBytes.random(1, 3000);

  @TempDir Path directory;
  private int starts;

  @ParameterizedTest
  @EnumSource
  void tailOfGarbage_isCut(TestDatabases.Kind kind) throws IOException {
    Supplier<Database> database = kind.at(directory);
    LinkId link;
    Segment segment;
    try (UploadHost host = start(database.get())) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      link = host.keep(alice, "a", BYTES).link();
      segment = host.segments(alice, link).getFirst();
    }
    Files.write(path(segment), new byte[10_000], StandardOpenOption.APPEND);

    try (UploadHost host = start(database.get())) {
      host.sweep();
      assertThat(path(segment)).hasSize(segment.recordEnd());
      assertThat(host.read(alice(host), link)).isEqualTo(BYTES);
      byte[] few = StoredBytes.random(2, 10);
      LinkId next = host.keep(alice(host), "b", few).link();
      assertThat(host.read(alice(host), next)).isEqualTo(few);
      assertThat(path(segment)).hasSize(segment.recordEnd());
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordThatWasNotEntered_isCut_butNotInTheRunThatWroteIt(TestDatabases.Kind kind)
      throws IOException {
    Supplier<Database> database = kind.at(directory);
    LinkId link;
    Segment segment;
    try (UploadHost host = start(database.get())) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      link = host.keep(alice, "a", BYTES).link();
      segment = host.segments(alice, link).getFirst();
      abandon(host);
      assertThat(Files.size(path(segment))).isGreaterThan(segment.recordEnd());
      host.sweep();
      assertThat(Files.size(path(segment))).isGreaterThan(segment.recordEnd());
      LinkId next = host.keep(alice, "c", StoredBytes.random(3, 500)).link();
      assertThat(host.segments(alice, next).getFirst().storeFile()).isEqualTo(segment.storeFile());
      assertThat(host.read(alice, next)).isEqualTo(StoredBytes.random(3, 500));
      abandon(host);
      segment = host.segments(alice, next).getFirst();
    }
    try (UploadHost host = start(database.get())) {
      host.sweep();
      assertThat(path(segment)).hasSize(segment.recordEnd());
      assertThat(host.read(alice(host), link)).isEqualTo(BYTES);
      assertThat(StoredBytes.walk(host.blobs, segment.storeFile(), bytes(segment))).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void packThatTheDatabaseDoesNotKnow_isDeleted(TestDatabases.Kind kind) {
    Supplier<Database> database = kind.at(directory);
    try (UploadHost host = start(database.get())) {
      abandon(host);
      assertThat(host.storeFiles()).isEqualTo(1);
    }
    try (UploadHost host = start(database.get())) {
      host.sweep();
      assertThat(host.storeFiles()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void commit_thatFailedButTookEffect_keepsItsPack(TestDatabases.Kind kind) {
    Supplier<Database> at = kind.at(directory);
    LinkId link;
    var database = new UnsureDatabase(at.get());
    try (UploadHost host = start(database)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      database.failNext(Failing.ALL_DONE);
      assertThatThrownBy(() -> host.keep(alice, "a", BYTES)).isInstanceOf(DatabaseException.class);
      link = onlyLink(database);
      host.sweep();
      assertThat(host.read(alice, link)).isEqualTo(BYTES);
    }
    try (UploadHost host = start(at.get())) {
      host.sweep();
      assertThat(host.read(alice(host), link)).isEqualTo(BYTES);
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    }
  }

  /** Its row may come late, so that the bytes stay as long as this run can tell. */
  @ParameterizedTest
  @EnumSource
  void commit_thatFailed_keepsItsPackUntilTheNextStart(TestDatabases.Kind kind) {
    Supplier<Database> at = kind.at(directory);
    var database = new UnsureDatabase(at.get());
    try (UploadHost host = start(database)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      database.failNext(Failing.NOTHING_DONE);
      assertThatThrownBy(() -> host.keep(alice, "a", BYTES)).isInstanceOf(DatabaseException.class);
      host.sweep();
      host.collect();
      assertThat(host.storeFiles()).isEqualTo(1);
    }
    try (UploadHost host = start(at.get())) {
      host.sweep();
      assertThat(host.storeFiles()).isZero();
    }
  }

  private UploadHost start(Database database) {
    var blobs = new DiskBlobs(directory.resolve("store"), new Random(starts++));
    blobs.clear();
    return new UploadHost(database, blobs);
  }

  /** Appends a record of an upload that does not come to its end. */
  private static void abandon(UploadHost host) {
    StoredBytes.append(host.blobs, List.of(StoredBytes.random(9, 400)));
  }

  private static Access alice(UploadHost host) {
    Account account = host.accounts.get("alice@example.org");
    return Access.full(account.id(), account.plan(), account.root(), null);
  }

  private static LinkId onlyLink(Database database) {
    return database
        .read(sql -> sql.first("SELECT link FROM files", row -> new LinkId(row.text("link"))))
        .orElseThrow();
  }

  private byte[] bytes(Segment segment) throws IOException {
    return Files.readAllBytes(path(segment));
  }

  private Path path(Segment segment) {
    String name = segment.storeFile();
    return directory.resolve("store").resolve(name.substring(0, 2)).resolve(name);
  }
}
