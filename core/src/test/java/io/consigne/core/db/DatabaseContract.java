package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@link Database} promises, whichever it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseContract {
  private Database db;

  /** Opens the one database of this class; may be called again. */
  abstract Database open();

  /** The open database. */
  final Database db() {
    return db;
  }

  @BeforeAll
  final void openWithTable() {
    db = open();
    db.change(sql ->
        sql.update("CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT UNIQUE, amount BIGINT)"));
  }

  @AfterAll
  final void close() {
    db.close();
  }

  @BeforeEach
  final void empty() {
    db.change(sql -> sql.update("DELETE FROM things"));
  }

  @Test
  void write_returned_isSeenByEveryLaterCall() {
    db.change(sql -> insert(sql, 1, "one"));

    assertThat(db.<Long>read(sql -> count(sql))).isEqualTo(1);
    assertThat(db.<Long>write(sql -> count(sql))).isEqualTo(1);
  }

  @Test
  void write_throwing_changesNothingAndThrowsTheSame() {
    var failure = new IllegalArgumentException("no");

    assertThatThrownBy(() -> db.write(sql -> insertAndThrow(sql, failure))).isSameAs(failure);

    assertThat(db.<Long>read(sql -> count(sql))).isZero();
  }

  @Test
  void write_throwingError_changesNothingAndLaterWritesGoOn() {
    var failure = new StackOverflowError();

    assertThatThrownBy(() -> db.write(sql -> insertAndThrow(sql, failure))).isSameAs(failure);

    db.change(sql -> insert(sql, 2, "two"));
    assertThat(db.<Long>read(sql -> count(sql))).isEqualTo(1);
  }

  @Test
  void write_ofNull_returnsNull() {
    Database.Work<@Nullable Object> nothing = sql -> null;

    assertThat(db.<@Nullable Object>write(nothing)).isNull();
    assertThat(db.<@Nullable Object>read(nothing)).isNull();
  }

  @Test
  void uniqueViolation_caught_leavesTheRestOfTheWork() {
    db.change(sql -> insert(sql, 1, "one"));

    String found =
        db.write(sql -> {
          insert(sql, 2, "two");
          assertThatThrownBy(() -> insert(sql, 1, "other"))
              .isExactlyInstanceOf(UniqueViolation.class);
          assertThatThrownBy(() -> insert(sql, 3, "one"))
              .isExactlyInstanceOf(UniqueViolation.class);
          insert(sql, 4, "four");
          return name(sql, 1);
        });

    assertThat(found).isEqualTo("one");
    assertThat(db.<Long>read(sql -> count(sql))).isEqualTo(3);
  }

  @Test
  void uniqueViolation_ofInsertReturning_isOneToo() {
    db.change(sql -> insert(sql, 1, "one"));

    assertThatThrownBy(() ->
            db.write(
                sql -> sql.number("INSERT INTO things (id, name) VALUES (1, 'x') RETURNING id")))
        .isExactlyInstanceOf(UniqueViolation.class);
  }

  @Test
  void uniqueViolation_uncaught_undoesTheWork() {
    db.change(sql -> insert(sql, 1, "one"));

    assertThatThrownBy(() ->
            db.write(sql -> {
              insert(sql, 2, "two");
              return insert(sql, 3, "one");
            }))
        .isExactlyInstanceOf(UniqueViolation.class);

    assertThat(db.<Long>read(sql -> count(sql))).isEqualTo(1);
  }

  @Test
  void faultyStatement_swallowed_stillFailsTheWork() {
    assertThatThrownBy(() ->
            db.write(sql -> {
              insert(sql, 1, "one");
              assertThatThrownBy(() -> sql.update("UPDATE nowhere SET a = 1"))
                  .isExactlyInstanceOf(DatabaseException.class);
              assertThatThrownBy(() -> insert(sql, 2, "two"))
                  .hasMessageStartingWith("an earlier statement of this work failed: ");
              return null;
            }))
        .isExactlyInstanceOf(DatabaseException.class)
        .hasMessageEndingWith(": UPDATE nowhere SET a = 1");

    assertThat(db.<Long>read(sql -> count(sql))).isZero();
  }

  @Test
  void read_changing_isRefused() {
    assertThatThrownBy(() -> db.read(sql -> insert(sql, 1, "one")))
        .isExactlyInstanceOf(DatabaseException.class);
    assertThatThrownBy(() ->
            db.read(
                sql -> sql.number("INSERT INTO things (id, name) VALUES (1, 'x') RETURNING id")))
        .isExactlyInstanceOf(DatabaseException.class);

    assertThat(db.<Long>read(sql -> count(sql))).isZero();
  }

  @Test
  void read_whileAnotherWrites_staysOnItsState() {
    db.change(sql -> insert(sql, 1, "one"));

    boolean same =
        db.read(sql -> {
          long before = count(sql);
          inAnotherThread(() -> db.write(other -> insert(other, 2, "two")));
          return before == count(sql);
        });

    assertThat(same).isTrue();
    assertThat(db.<Long>read(sql -> count(sql))).isEqualTo(2);
  }

  @Test
  void call_fromWithinAWork_isRefused() {
    for (Runnable inner : new Runnable[] {this::readNothing, this::writeNothing, db::close}) {
      assertThatThrownBy(() -> db.write(sql -> run(inner)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> db.read(sql -> run(inner)))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("a work may not call the database that runs it");
    }

    writeNothing();
  }

  @Test
  void sql_afterItsWork_isRefused() {
    Sql kept = db.write(sql -> sql);

    assertThatThrownBy(() -> insert(kept, 1, "one"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the work that this belongs to has returned: ");
  }

  @Test
  void interruptedCaller_getsItsResultAndStaysInterrupted() throws Exception {
    var running = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var caller =
        new FutureTask<>(() -> {
          long seen =
              db.write(sql -> {
                insert(sql, 1, "one");
                running.countDown();
                await(interrupted);
                return count(sql);
              });
          return Thread.interrupted() ? seen : -1;
        });
    Thread thread = Thread.ofVirtual().start(caller);
    await(running);
    thread.interrupt();
    interrupted.countDown();

    assertThat(caller.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(db.<Long>read(sql -> count(sql))).isEqualTo(1);
  }

  @Test
  void callerInterruptedBefore_readsAndWritesAllTheSame() throws Exception {
    boolean stays =
        inAnotherThread(() -> {
          Thread.currentThread().interrupt();
          db.change(sql -> insert(sql, 1, "one"));
          readNothing();
          return Thread.interrupted();
        });

    assertThat(stays).isTrue();
    assertThat(db.<Long>read(sql -> count(sql))).isEqualTo(1);
  }

  static int insert(Sql sql, long id, String name) {
    return sql.update("INSERT INTO things (id, name, amount) VALUES (?, ?, 0)", id, name);
  }

  static long count(Sql sql) {
    return sql.number("SELECT count(*) FROM things");
  }

  static String name(Sql sql, long id) {
    return sql.first("SELECT name FROM things WHERE id = ?", row -> row.text("name"), id)
        .orElseThrow();
  }

  /** What a caller on a virtual thread of its own gets. */
  static <T> T inAnotherThread(Callable<T> call) {
    var task = new FutureTask<>(call);
    Thread.ofVirtual().start(task);
    try {
      return task.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void readNothing() {
    db.read(DatabaseContract::count);
  }

  private void writeNothing() {
    db.write(DatabaseContract::count);
  }

  private static boolean run(Runnable inner) {
    inner.run();
    return true;
  }

  private static int insertAndThrow(Sql sql, RuntimeException failure) {
    insert(sql, 1, "one");
    throw failure;
  }

  private static int insertAndThrow(Sql sql, Error failure) {
    insert(sql, 1, "one");
    throw failure;
  }
}
