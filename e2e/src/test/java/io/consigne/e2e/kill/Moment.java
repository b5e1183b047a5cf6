package io.consigne.e2e.kill;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When the host is killed: some time after so many requests were begun. */
final class Moment {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final CountDownLatch requests;
  private final Duration later;
  private volatile boolean come;

  Moment(int requests, Duration later) {
    this.requests = new CountDownLatch(requests);
    this.later = later;
  }

  /** One more request is about to be sent. */
  void requestBegins() {
    requests.countDown();
  }

  /** Waits for it. */
  void await() throws InterruptedException {
    if (!requests.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
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
