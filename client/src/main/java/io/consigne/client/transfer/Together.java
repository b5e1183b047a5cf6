package io.consigne.client.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Does several things at once. The first failure ends them all. */
public final class Together {
  private Together() {}

  /**
   * Runs tasks, at most {@code width} at once; the results are in the order of the tasks.
   *
   * @param <T> of a result
   * @param tasks that do not wait for each other
   * @param width at least 1
   * @return a result of each task
   * @throws IOException the first that a task throws; the others are interrupted
   */
  public static <T> List<T> run(List<Callable<T>> tasks, int width) throws IOException {
    if (tasks.size() <= 1 || width == 1) {
      return inOrder(tasks);
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(width, tasks.size()), Thread.ofVirtual().factory())) {
      try {
        return finished(tasks, new ExecutorCompletionService<>(threads));
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static <T> List<T> inOrder(List<Callable<T>> tasks) throws IOException {
    var results = new ArrayList<T>();
    for (Callable<T> task : tasks) {
      try {
        results.add(task.call());
      } catch (Exception e) {
        throw asIo(e);
      }
    }
    return results;
  }

  private static <T> List<T> finished(List<Callable<T>> tasks, CompletionService<T> threads)
      throws IOException {
    List<Future<T>> futures = tasks.stream().map(threads::submit).toList();
    try {
      for (int i = 0; i < tasks.size(); i++) {
        threads.take().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted during a transfer");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw asIo(e.getCause());
    }
    return futures.stream().map(Future::resultNow).toList();
  }

  private static IOException asIo(@Nullable Throwable failure) {
    return switch (failure) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> new IOException(failure);
    };
  }
}
