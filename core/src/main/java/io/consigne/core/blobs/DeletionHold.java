package io.consigne.core.blobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back the deletion of store files while somebody copies what the database knows: what a copy
 * of the database names stays in the store until the work is done.
 */
public final class DeletionHold {
  private static final int ALL = Integer.MAX_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(DeletionHold.class);
  private static final Duration TOLD_EVERY = Duration.ofHours(1);

  private final Semaphore free = new Semaphore(ALL, true);
  private final BooleanSupplier heldElsewhere;
  private final InstantSource clock;
  private @Nullable Instant since;
  private Instant told = Instant.EPOCH;

  /** Nothing is held back. */
  public DeletionHold() {
    this(() -> false, InstantSource.system());
  }

  /** Nothing is held back here; elsewhere something may be. */
  DeletionHold(BooleanSupplier heldElsewhere, InstantSource clock) {
    this.heldElsewhere = heldElsewhere;
    this.clock = clock;
  }

  /** Waits for deletions under way to end, then runs {@code work} while none can begin. */
  public <T, E extends Exception> T during(Work<T, E> work) throws E {
    free.acquireUninterruptibly();
    try {
      return work.run();
    } finally {
      free.release();
    }
  }

  /** Runs deletions, unless they are held back; the log says hourly if they are. */
  public void unlessHeld(Runnable deletions) {
    if (free.tryAcquire(ALL)) {
      try {
        boolean held = heldElsewhere.getAsBoolean();
        note(held);
        if (!held) {
          deletions.run();
        }
      } finally {
        free.release(ALL);
      }
    } else {
      note(true);
    }
  }

  /** Whoever waits for room on a full disk wants to know why there is none. */
  private synchronized void note(boolean held) {
    Instant now = clock.instant();
    if (!held) {
      since = null;
    } else if (since == null) {
      since = now;
      told = now;
    } else if (Duration.between(told, now).abs().compareTo(TOLD_EVERY) >= 0) {
      told = now;
      LOG.warn(
          "Nothing is deleted from the store since {}: a backup runs, or one of the last day was"
              + " killed while it dumped the database, or the database is older than the store",
          since);
    }
  }

  /** What is done while nothing is deleted. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }
}
