package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.db.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for the report of an upload looks again with each content that is hashed. */
class WaitingReportTest {
  private static final int FILES = 50;

  @TempDir Path directory;
  private final AtomicLong rows = new AtomicLong();

  /** Each such look read the whole report, of up to 500 files. */
  @Test
  void wait_readsNoMoreThanARow() throws InterruptedException {
    var database = new CountedRows(TestDatabases.sqlite(directory));
    try (var host = new UploadHost(database, new MemoryBlobs(new Random(1)))) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      UploadReport made;
      try (Upload upload = host.begin(alice)) {
        for (int i = 0; i < FILES; i++) {
          UploadHost.send(upload, "file " + i, StoredBytes.random(i, 100));
        }
        made = upload.commit(UploadForm.PLAIN);
      }
      rows.set(0);
      host.uploads.awaitHashes(made.id(), Duration.ofMillis(1));
      assertThat(rows.get()).isLessThanOrEqualTo(1);
      host.hashes.start(1);
      host.uploads.awaitHashes(made.id(), Duration.ofSeconds(30));
      assertThat(host.uploads.report(made.id()).orElseThrow().kept())
          .hasSize(FILES)
          .noneMatch(file -> file.whirlpool().isEmpty());
    }
  }

  /** Counts the rows that are read of it. */
  private final class CountedRows implements Database {
    private final Database inner;

    CountedRows(Database inner) {
      this.inner = inner;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      return inner.read(sql -> work.run(new CountedSql(sql)));
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      return inner.write(work);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private final class CountedSql implements Sql {
    private final Sql inner;

    CountedSql(Sql inner) {
      this.inner = inner;
    }

    private <T> RowMapper<T> counted(RowMapper<T> mapper) {
      return row -> {
        rows.incrementAndGet();
        return mapper.map(row);
      };
    }

    @Override
    public <T> List<T> list(String statement, RowMapper<T> mapper, @Nullable Object... arguments) {
      return inner.list(statement, counted(mapper), arguments);
    }

    @Override
    public <T> Optional<T> first(
        String statement, RowMapper<T> mapper, @Nullable Object... arguments) {
      return inner.first(statement, counted(mapper), arguments);
    }

    @Override
    public long number(String statement, @Nullable Object... arguments) {
      rows.incrementAndGet();
      return inner.number(statement, arguments);
    }

    @Override
    public int update(String statement, @Nullable Object... arguments) {
      return inner.update(statement, arguments);
    }
  }
}
