package io.consigne.server.api.v1;

import io.consigne.core.db.DatabaseException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then whether a download under way is still open, beside it: a database that does
 * not answer, as when its machine has lost its power, holds up no download. Used by one thread.
 */
final class OpenDownload {
  private final Callable<Boolean> question;
  private final LongSupplier nanoTime;
  private @Nullable FutureTask<Boolean> look;
  private long next;

  /** Asks {@code question}, which says whether the download is open. */
  OpenDownload(Callable<Boolean> question, LongSupplier nanoTime) {
    this.question = question;
    this.nanoTime = nanoTime;
    lookAgainAfter(WireLimits.DOWNLOAD_LOOK);
  }

  private void lookAgainAfter(Duration pause) {
    next = nanoTime.getAsLong() + pause.toNanos();
  }

  /**
   * False once it is found to be closed. An answer is waited for a little, and else taken into
   * account when there is one. A database that cannot be asked ends no download.
   *
   * @throws io.consigne.core.failure.FailureException {@code Rotten}
   */
  boolean isStill() {
    FutureTask<Boolean> under = look;
    if (under == null) {
      return nanoTime.getAsLong() - next < 0 || answered(begun(), WireLimits.DOWNLOAD_LOOK_AWAITED);
    }
    return !under.isDone() || answered(under, Duration.ZERO);
  }

  private FutureTask<Boolean> begun() {
    var begun = new FutureTask<>(question);
    look = begun;
    Thread.ofVirtual().name("download-look").start(begun);
    return begun;
  }

  private boolean answered(FutureTask<Boolean> under, Duration patience) {
    try {
      boolean open = under.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      ended(WireLimits.DOWNLOAD_LOOK);
      return open;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      return inVain(e.getCause());
    }
  }

  private boolean inVain(@Nullable Throwable why) {
    if (why instanceof DatabaseException) {
      ended(WireLimits.DOWNLOAD_LOOK_IN_VAIN);
      return true;
    }
    if (why instanceof RuntimeException fault) {
      throw fault;
    }
    throw new AssertionError(why);
  }

  private void ended(Duration pause) {
    look = null;
    lookAgainAfter(pause);
  }
}
