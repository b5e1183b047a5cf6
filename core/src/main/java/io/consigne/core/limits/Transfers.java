package io.consigne.core.limits;

import io.consigne.core.db.Database;
import io.consigne.core.failure.Failure;
import io.consigne.core.jobs.Speed;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets uploads and downloads begin, counts their bytes, and holds them to their speed. */
public final class Transfers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

  /** How soon who has too many transfers may ask again: nobody knows when one ends. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final @Nullable LimitTable table;
  private final LongSupplier nanoTime;
  private final DayBytes days;
  private final Pause pause;
  private final CountDownLatch hurried = new CountDownLatch(1);
  private final Map<Side, Running> running = new ConcurrentHashMap<>();

  /** Allows what {@code policy} says, and keeps what was transferred in {@code database}. */
  public Transfers(LimitPolicy policy, Database database, InstantSource clock) {
    this.table = policy.tableOrNull();
    this.nanoTime = policy.nanoTime();
    this.days = new DayBytes(database, clock);
    this.pause = nanos -> hurried.await(nanos, TimeUnit.NANOSECONDS);
  }

  Transfers(LimitPolicy policy, Database database, InstantSource clock, Pause pause) {
    this.table = policy.tableOrNull();
    this.nanoTime = policy.nanoTime();
    this.days = new DayBytes(database, clock);
    this.pause = pause;
  }

  /**
   * Begins a transfer.
   *
   * @param thing equal for requests that read ranges of the same file
   * @throws io.consigne.core.failure.FailureException {@code AllowanceUsed}
   */
  public Transfer begin(Direction direction, Payer payer, Object thing) {
    if (table == null) {
      return Transfer.FREE;
    }
    TransferLimits limits = direction.of(table.of(payer.plan()));
    var side = new Side(payer.subject(), direction);
    requireBytes(side, limits);
    var mine = new Mine(side, limits, thing);
    var _ =
        running.compute(
            side, (same, held) -> (held == null ? new Running(nanoTime) : held).enter(mine));
    return new Transfer(mine);
  }

  /**
   * Refuses who has used up the day's bytes, for transfers that nobody waits for.
   *
   * @throws io.consigne.core.failure.FailureException {@code AllowanceUsed}
   */
  public void requireBytes(Direction direction, Payer payer) {
    if (table != null) {
      requireBytes(new Side(payer.subject(), direction), direction.of(table.of(payer.plan())));
    }
  }

  /** Counts bytes of such a transfer. */
  public void count(Direction direction, Payer payer, long bytes) {
    if (table != null
        && direction.of(table.of(payer.plan())).bytesPerDay() != TransferLimits.UNLIMITED) {
      days.add(payer.subject(), direction, bytes);
    }
  }

  private void requireBytes(Side side, TransferLimits limits) {
    if (limits.bytesPerDay() != TransferLimits.UNLIMITED
        && days.today(side.subject(), side.direction()) >= limits.bytesPerDay()) {
      String verb = side.direction().verb();
      throw new Failure.AllowanceUsed(
              "The %,d bytes that this plan can %s in a day are used up"
                  .formatted(limits.bytesPerDay(), verb),
              days.restOfDay())
          .asException();
    }
  }

  /** How many transfers run; 0 without limits. */
  public int count() {
    return running.values().stream().mapToInt(all -> all.connections).sum();
  }

  /** Writes down what was transferred. */
  public void write() {
    if (table != null) {
      days.write();
    }
  }

  /** Holds nobody to a speed any more, so that what runs ends soon. */
  public void hurry() {
    hurried.countDown();
  }

  @Override
  public void close() {
    hurry();
    try {
      write();
    } catch (RuntimeException e) {
      LOG.error("What was transferred lately could not be written", e);
    }
  }

  /** All transfers of one side. Changed only while the map holds its entry. */
  private static final class Running {
    private final Map<Object, Integer> things = new HashMap<>();
    private final Speed speed;
    private int connections;

    Running(LongSupplier nanoTime) {
      this.speed = new Speed(nanoTime);
    }

    Running enter(Mine mine) {
      TransferLimits limits = mine.limits;
      String verb = mine.side.direction().verb();
      if (!things.containsKey(mine.thing) && things.size() >= limits.files()) {
        throw tooMany(limits.files() == 1 ? "1 file" : limits.files() + " files", verb);
      }
      if (connections >= limits.connections()) {
        throw tooMany("over " + limits.connections() + " connections", verb);
      }
      connections++;
      var _ = things.merge(mine.thing, 1, Integer::sum);
      mine.speed = speed;
      return this;
    }

    private static RuntimeException tooMany(String most, String verb) {
      return new Failure.AllowanceUsed(
              "With this plan you can only " + verb + " " + most + " at a time", RETRY_AFTER)
          .asException();
    }

    @Nullable Running leave(Mine mine) {
      connections--;
      var _ =
          things.computeIfPresent(
              mine.thing, (thing, count) -> count == 1 ? null : Integer.valueOf(count - 1));
      return connections == 0 ? null : this;
    }
  }

  /** One transfer. */
  private final class Mine implements Transfer.Moving {
    private final Side side;
    private final TransferLimits limits;
    private final Object thing;
    private @Nullable Speed speed;
    private long fileBytes;

    Mine(Side side, TransferLimits limits, Object thing) {
      this.side = side;
      this.limits = limits;
      this.thing = thing;
    }

    @Override
    public void moved(long bytes) {
      fileBytes += bytes;
      if (limits.bytesPerDay() != TransferLimits.UNLIMITED) {
        days.add(side.subject(), side.direction(), bytes);
      }
      if (speed != null && limits.bytesPerSecond() != TransferLimits.UNLIMITED) {
        rest(speed.waitAfter(bytes, limits.bytesPerSecond()));
      }
    }

    @Override
    public void fileEnded() {
      if (fileBytes < limits.leastFileBytes()) {
        days.add(side.subject(), side.direction(), limits.leastFileBytes() - fileBytes);
      }
      fileBytes = 0;
    }

    private void rest(long nanos) {
      try {
        if (nanos > 0) {
          pause.await(nanos);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new InterruptedIOException("interrupted"));
      }
    }

    @Override
    public void ended() {
      var _ = running.computeIfPresent(side, (same, held) -> held.leave(this));
    }
  }

  /** Whose transfers, which way. */
  private record Side(Subject subject, Direction direction) {}

  /** Lets time pass, but for who is hurried. */
  @FunctionalInterface
  interface Pause {
    void await(long nanos) throws InterruptedException;
  }
}
