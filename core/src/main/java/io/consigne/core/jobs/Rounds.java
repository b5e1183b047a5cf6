package io.consigne.core.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does rounds on a thread of its own, one after the other: the next when somebody wakes it, or when
 * the pause is over that the last one asked for.
 */
public final class Rounds implements AutoCloseable {
  private final Semaphore calls = new Semaphore(0);
  private final Supplier<Duration> round;
  private final Faults faults;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Does nothing yet.
   *
   * @param name of the thread
   * @param round does what is due, and tells how long there is nothing to do
   */
  public Rounds(String name, Supplier<Duration> round, Faults faults) {
    this.round = round;
    this.faults = faults;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /**
   * What becomes of rounds that fail.
   *
   * @param told of each
   * @param pause until the next one
   */
  public record Faults(Consumer<Throwable> told, Duration pause) {}

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Says that there is something new to do. */
  public void wake() {
    calls.release();
  }

  private void run() {
    try {
      while (!closed) {
        if (calls.tryAcquire(round().toNanos(), TimeUnit.NANOSECONDS)) {
          calls.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  private Duration round() {
    try {
      return round.get();
    } catch (RuntimeException | Error e) {
      faults.told().accept(e);
      return faults.pause();
    }
  }

  /** Begins no more rounds, interrupts the one that runs, and waits for its end. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
