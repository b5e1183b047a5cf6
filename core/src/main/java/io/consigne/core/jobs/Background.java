package io.consigne.core.jobs;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Runs rounds of work on one thread, one after the other. A round that fails is run again. A long
 * one works in batches, and asks between them {@linkplain #isEnding whether it is to end}.
 */
public final class Background implements AutoCloseable {
  private static final ScopedValue<Background> CURRENT = ScopedValue.newInstance();

  private final FaultLog faults = new FaultLog(LoggerFactory.getLogger(Background.class));
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, work -> Thread.ofPlatform().name("background").daemon().unstarted(work));
  private volatile boolean ending;

  /** Has nothing to do. */
  public Background() {
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs {@code work} once, soon. */
  public void once(String name, Runnable work) {
    thread.execute(logged(name, work));
  }

  /** Runs {@code round} now, and again each time that {@code pause} has passed since its end. */
  public void every(Duration pause, String name, Runnable round) {
    var _ =
        thread.scheduleWithFixedDelay(
            logged(name, round), 0, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** As {@link #every}, but for the first time when {@code pause} has passed. */
  public void everyLater(Duration pause, String name, Runnable round) {
    var _ =
        thread.scheduleWithFixedDelay(
            logged(name, round), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether the caller is a round that is waited for: what is left is done another time. */
  public static boolean isEnding() {
    return CURRENT.isBound() && CURRENT.get().ending;
  }

  /** Starts no more rounds and waits for the running one, which ends soon. */
  @Override
  public void close() {
    ending = true;
    thread.close();
  }

  private Runnable logged(String name, Runnable work) {
    return () -> {
      try {
        ScopedValue.where(CURRENT, this).run(work);
      } catch (RuntimeException | Error e) {
        faults.tell(name + " failed", e);
      }
    };
  }
}
