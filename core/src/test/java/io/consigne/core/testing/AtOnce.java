package io.consigne.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs calls at the same time. */
public final class AtOnce {
  private AtOnce() {}

  /** Starts {@code times} threads, lets them go together, and returns what each got. */
  public static <T> List<T> run(int times, Callable<T> call)
      throws InterruptedException, ExecutionException {
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<T>>();
      for (int i = 0; i < times; i++) {
        running.add(
            threads.submit(() -> {
              go.await();
              return call.call();
            }));
      }
      go.countDown();
      var results = new ArrayList<T>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
