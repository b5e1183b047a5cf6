package io.consigne.core.limits;

import io.consigne.core.failure.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many calls be answered at a time: of one caller, so that who takes its answers slowly
 * keeps only itself waiting, and of all, so that what they hold in memory is bounded. They come in
 * their order.
 */
public final class CallsAtOnce {
  private final Most most;
  private final Semaphore all;
  private final Map<Subject, Line> lines = new ConcurrentHashMap<>();

  /** Nobody is answered yet. */
  public CallsAtOnce(Most most) {
    this.most = most;
    this.all = new Semaphore(most.ofAll(), true);
  }

  /**
   * Waits until one more of {@code who} may be answered.
   *
   * @return to be closed when that is done
   * @throws io.consigne.core.failure.FailureException {@code AllowanceUsed} if the caller has too
   *     many; {@code Unavailable} if there are too many of all
   */
  public Place enter(Subject who) {
    long deadline = System.nanoTime() + most.patience().toNanos();
    Line line = lines.compute(who, (same, held) -> (held == null ? new Line() : held).joined());
    if (!acquire(line.places, deadline)) {
      leave(who);
      throw new Failure.AllowanceUsed(
              "Only " + most.ofOne() + " requests are answered at a time", most.patience())
          .asException();
    }
    if (!acquire(all, deadline)) {
      line.places.release();
      leave(who);
      throw new Failure.Unavailable("Too many requests at once", most.patience()).asException();
    }
    return () -> {
      all.release();
      line.places.release();
      leave(who);
    };
  }

  private void leave(Subject who) {
    var _ = lines.computeIfPresent(who, (same, held) -> held.left() ? null : held);
  }

  private static boolean acquire(Semaphore places, long deadline) {
    try {
      return places.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How many callers are answered or wait. */
  int callers() {
    return lines.size();
  }

  /**
   * How many.
   *
   * @param ofOne of one caller
   * @param ofAll of all: each holds a page of a listing at most, some megabytes
   * @param patience how long one more waits for its turn
   */
  public record Most(int ofOne, int ofAll, Duration patience) {
    /** Of calls of accounts. */
    public static final Most KNOWN = new Most(32, 96, Duration.ofSeconds(10));

    /** Of pages, and calls that need no key. */
    public static final Most OPEN = new Most(32, 64, Duration.ofSeconds(10));
  }

  /** A call that is being answered. */
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    /** It is answered. */
    @Override
    void close();
  }

  /** The calls of one caller. Who is in it changes only while the map holds its entry. */
  private final class Line {
    private final Semaphore places = new Semaphore(most.ofOne(), true);
    private int calls;

    Line joined() {
      calls++;
      return this;
    }

    /** Whether that was the last one. */
    boolean left() {
      calls--;
      return calls == 0;
    }
  }
}
