package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedTest {
  private static final int WRITES = 300;

  @TempDir Path directory;
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void answer_isReadOnce_andAgainAfterEachWrite() {
    try (Database db = TestDatabases.sqlite(directory)) {
      var remembered = new Remembered<String, Long>(db, 10);
      assertThat(count(db, remembered)).isZero();
      assertThat(count(db, remembered)).isZero();
      assertThat(reads).hasValue(1);

      insert(db, "a");

      assertThat(count(db, remembered)).isOne();
      assertThat(count(db, remembered)).isOne();
      assertThat(reads).hasValue(2);
    }
  }

  @Test
  void failedRead_isNotRemembered() {
    try (Database db = TestDatabases.sqlite(directory)) {
      var remembered = new Remembered<String, Long>(db, 10);
      assertThatThrownBy(() ->
              remembered.answer(
                  "x",
                  _ -> {
                    throw new IllegalStateException("no");
                  }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(count(db, remembered)).isZero();
    }
  }

  @Test
  void databaseOfSeveral_isReadEachTime() {
    try (Database db = TestDatabases.sqlite(directory)) {
      var remembered = new Remembered<String, Long>(new Shared(db), 10);
      count(db, remembered);
      count(db, remembered);
      assertThat(reads).hasValue(2);
    }
  }

  /** A reader that begins after a write was answered sees it, however many write and read. */
  @Test
  void answer_isNeverOlderThanAnAnsweredWrite() throws InterruptedException {
    try (Database db = TestDatabases.sqlite(directory)) {
      var remembered = new Remembered<String, Long>(db, 10);
      var written = new AtomicLong();
      var late = new AtomicInteger();
      Runnable reader =
          () -> {
            while (written.get() < WRITES) {
              long before = written.get();
              if (count(db, remembered) < before) {
                late.incrementAndGet();
              }
            }
          };
      Thread first = Thread.ofVirtual().start(reader);
      Thread second = Thread.ofVirtual().start(reader);
      for (int i = 1; i <= WRITES; i++) {
        insert(db, "row " + i);
        written.set(i);
      }
      first.join();
      second.join();
      assertThat(late).hasValue(0);
      assertThat(count(db, remembered)).isEqualTo(WRITES);
    }
  }

  private long count(Database db, Remembered<String, Long> remembered) {
    return remembered.answer(
        "x",
        _ -> {
          reads.incrementAndGet();
          return db.read(sql -> sql.number("SELECT COUNT(*) FROM host"));
        });
  }

  private static void insert(Database db, String name) {
    db.change(sql -> sql.update("INSERT INTO host (name, value) VALUES (?, '')", name));
  }

  /** Others may write to it, too. */
  private record Shared(Database inner) implements Database {
    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      return inner.read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      return inner.write(work);
    }

    @Override
    public void close() {}
  }
}
