package io.consigne.core.uploads;

import io.consigne.core.jobs.LowPriority;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that hash what is received, and write it: for uploads that somebody waits for, and
 * for those beside them, which yield the processor to everything else.
 */
final class Threads implements AutoCloseable {
  private final ExecutorService hashing;
  private final ExecutorService writing;
  private final ExecutorService hashingAside;
  private final ExecutorService writingAside;

  /** With {@code count} of each kind that are threads of the system; made when they are needed. */
  Threads(int count) {
    hashing =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().name("sha256-", 1).daemon().factory());
    writing = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("store-", 1).factory());
    hashingAside = Executors.newFixedThreadPool(count, yielding("sha256-aside-"));
    writingAside = Executors.newFixedThreadPool(count, yielding("store-aside-"));
  }

  private static ThreadFactory yielding(String name) {
    ThreadFactory threads = Thread.ofPlatform().name(name, 1).daemon().factory();
    return work -> threads.newThread(LowPriority.yielding(work));
  }

  /** For uploads that somebody waits for. */
  Pair usual() {
    return new Pair(hashing, writing);
  }

  /** For uploads that nobody waits for. */
  Pair aside() {
    return new Pair(hashingAside, writingAside);
  }

  @Override
  public void close() {
    hashing.close();
    writing.close();
    hashingAside.close();
    writingAside.close();
  }

  /** Which of them an upload uses. */
  record Pair(Executor hashing, Executor writing) {}
}
