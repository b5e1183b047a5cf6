package io.consigne.core.blobs;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Holds back the deletion of store files while somebody copies what the database knows: what a copy
 * of the database names stays in the store until the work is done.
 */
public final class DeletionHold {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore free = new Semaphore(ALL, true);
  private final BooleanSupplier heldElsewhere;

  /** Nothing is held back. */
  public DeletionHold() {
    this(() -> false);
  }

  /** Nothing is held back here; elsewhere something may be. */
  DeletionHold(BooleanSupplier heldElsewhere) {
    this.heldElsewhere = heldElsewhere;
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

  /** Runs deletions, unless they are held back. */
  public void unlessHeld(Runnable deletions) {
    if (free.tryAcquire(ALL)) {
      try {
        if (!heldElsewhere.getAsBoolean()) {
          deletions.run();
        }
      } finally {
        free.release(ALL);
      }
    }
  }

  /** What is done while nothing is deleted. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }
}
