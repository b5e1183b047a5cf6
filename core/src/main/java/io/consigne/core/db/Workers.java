package io.consigne.core.db;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Platform threads that run calls: SQLite's native code would hold on to the carrier of a virtual
 * thread.
 */
final class Workers {
  private final BlockingQueue<Pending<?>> waiting = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final int most;
  private volatile boolean closing;

  /** One thread for each worker; it is given up to {@code most} waiting calls at a time. */
  Workers(String name, int most, List<? extends Worker> workers) {
    this.most = most;
    for (Worker worker : workers) {
      threads.add(Thread.ofPlatform().name(name, threads.size()).daemon().unstarted(task(worker)));
    }
    threads.forEach(Thread::start);
  }

  /** Hands over a call; how many may wait is the business of the {@link Lane}. */
  void submit(Pending<?> call) {
    waiting.add(call);
  }

  /** Ends the threads when they have nothing to do, and closes their workers. */
  void close() {
    closing = true;
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= joinUninterruptibly(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Runnable task(Worker worker) {
    return () -> {
      try (worker) {
        List<Pending<?>> group = new ArrayList<>(most);
        while (take(group)) {
          worker.run(group, () -> waiting.drainTo(group, most - group.size()));
          group.clear();
        }
      }
    };
  }

  private boolean take(List<Pending<?>> group) {
    while (true) {
      try {
        group.add(waiting.take());
        waiting.drainTo(group, most - 1);
        return true;
      } catch (InterruptedException e) {
        if (closing) {
          return false;
        }
      }
    }
  }

  private static boolean joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  /** What one thread does; it is used by that thread only. */
  interface Worker extends AutoCloseable {
    /**
     * Runs and answers each of these calls; throws nothing.
     *
     * @param join adds to {@code calls} what came meanwhile, as long as they are not too many
     */
    void run(List<Pending<?>> calls, Runnable join);

    @Override
    void close();
  }
}
