package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many callers at once, each of whom is as good as alone. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
@Timeout(60)
class ConcurrencyTest {
  private static final String ADD = "UPDATE purse SET coins = coins + ? WHERE id = ?";

  private final TestDatabases.Kind kind;
  @TempDir Path directory;
  private Database db;

  ConcurrencyTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    db = kind.open(directory);
    db.change(sql -> {
      sql.update("CREATE TABLE purse (id BIGINT PRIMARY KEY, coins BIGINT)");
      sql.update("INSERT INTO purse (id, coins) VALUES (1, 0), (2, 0)");
    });
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void increments_ofOneRow_areAllCounted() throws Exception {
    atOnce(
        64,
        () -> {
          for (int i = 0; i < 20; i++) {
            db.write(this::addAfterReading);
          }
          return true;
        });

    assertThat(coins(1)).isEqualTo(64 * 20);
  }

  @Test
  void charges_neverOvershoot() throws Exception {
    db.change(sql -> sql.update(ADD, 100, 1));

    List<Boolean> charged = atOnce(32, () -> db.write(sql -> isCharged(sql, 7)));

    assertThat(charged.stream().filter(done -> done)).hasSize(14);
    assertThat(coins(1)).isEqualTo(2);
  }

  @Test
  void works_thatFail_leaveTheirNeighboursAlone() throws Exception {
    var callers = new AtomicInteger();

    List<Boolean> done =
        atOnce(
            48,
            () -> {
              boolean fails = callers.getAndIncrement() % 3 == 0;
              try {
                return db.write(sql -> isAdded(sql, fails));
              } catch (IllegalStateException e) {
                return false;
              }
            });

    assertThat(done.stream().filter(added -> added)).hasSize(32);
    assertThat(coins(1)).isEqualTo(32);
  }

  @Test
  void makingOfTheSameName_findsTheOneThatIsThere() throws Exception {
    List<Long> ids = atOnce(32, () -> db.write(ConcurrencyTest::madeOrFound));

    assertThat(ids.stream().distinct()).hasSize(1);
  }

  @Test
  void readers_seeOneState() throws Exception {
    var writing = new AtomicBoolean(true);
    db.change(sql -> sql.update(ADD, 1000, 1));

    List<Boolean> balanced;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer = threads.submit(() -> moveWhile(writing));
      balanced = atOnce(8, this::isAlwaysBalanced);
      writing.set(false);
      writer.get();
    }

    assertThat(balanced).containsOnly(true);
    assertThat(coins(2)).isPositive();
  }

  private boolean addAfterReading(Sql sql) {
    long coins = sql.number("SELECT coins FROM purse WHERE id = 1");
    return sql.update("UPDATE purse SET coins = ? WHERE id = 1", coins + 1) == 1;
  }

  private static boolean isAdded(Sql sql, boolean fails) {
    sql.update(ADD, 1, 1);
    if (fails) {
      throw new IllegalStateException("no");
    }
    return true;
  }

  private static boolean isCharged(Sql sql, long price) {
    return sql.update(
            "UPDATE purse SET coins = coins - ? WHERE id = 1 AND coins >= ?", price, price)
        == 1;
  }

  private static long madeOrFound(Sql sql) {
    try {
      return sql.number(
          "INSERT INTO uploads (id, account_id, incoming, finished_at) VALUES ('x', ?, ?, ?)"
              + " RETURNING account_id",
          ThreadLocalRandom.current().nextLong(1_000_000),
          true,
          0);
    } catch (UniqueViolation e) {
      return sql.number("SELECT account_id FROM uploads WHERE id = 'x'");
    }
  }

  private void moveWhile(AtomicBoolean writing) {
    while (writing.get()) {
      db.change(sql -> {
        sql.update(ADD, -1, 1);
        sql.update(ADD, 1, 2);
      });
    }
  }

  private boolean isAlwaysBalanced() {
    return IntStream.range(0, 50)
        .allMatch(i ->
            db.read(sql ->
                sql.number("SELECT coins FROM purse WHERE id = 1")
                        + sql.number("SELECT coins FROM purse WHERE id = 2")
                    == 1000));
  }

  private long coins(long id) {
    return db.<Long>read(sql -> sql.number("SELECT coins FROM purse WHERE id = ?", id));
  }

  private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(Collections.nCopies(callers, call))) {
        results.add(future.get());
      }
      return results;
    }
  }
}
