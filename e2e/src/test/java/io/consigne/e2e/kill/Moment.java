package io.consigne.e2e.kill;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * When the host is killed: some time after so many requests were begun, and perhaps one more of a
 * kind.
 */
final class Moment {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final CountDownLatch requests;
  private final CountDownLatch last;
  private final Deed.@Nullable Kind kind;
  private final Duration later;
  private volatile boolean come;

  /** With null as {@code kind}, no further request is waited for. */
  Moment(int requests, Deed.@Nullable Kind kind, Duration later) {
    this.requests = new CountDownLatch(requests);
    this.last = new CountDownLatch(kind == null ? 0 : 1);
    this.kind = kind;
    this.later = later;
  }

  /** One more request is about to be sent. */
  void begins(Deed deed) {
    requests.countDown();
    if (deed.kind() == kind && requests.getCount() == 0) {
      last.countDown();
    }
  }

  /** Waits for it. */
  void await() throws InterruptedException {
    if (!requests.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        || !last.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the host has carried out so little in " + PATIENCE);
    }
    LockSupport.parkNanos(later.toNanos());
    come = true;
  }

  /** Whether it has come, so that no answer need come any more. */
  boolean hasCome() {
    return come;
  }
}
