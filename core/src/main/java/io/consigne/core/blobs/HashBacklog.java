package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The contents whose hash is pending, in the order of their numbers, a batch at a time. New ones
 * may be anywhere in it: then it goes on from there, without those that others are at. Those that
 * stay pending are met again in the next pass, which begins when the retry time is over.
 */
final class HashBacklog {
  private static final int BATCH = 256;
  private static final int TOLD_AT_MOST = 1_000;

  private final Database database;
  private final Duration retry;
  private final ReentrantLock loading = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private long passed;
  private long lowestWoken = Long.MAX_VALUE;
  private final Set<Long> underWay = new HashSet<>();
  private final Set<Long> told = new HashSet<>();
  private long passBegan = System.nanoTime();
  private volatile boolean closed;

  /** Begins with the lowest pending content of {@code database}. */
  HashBacklog(Database database, Duration retry) {
    this.database = database;
    this.retry = retry;
  }

  /**
   * The next batch, after waiting until there is one; empty when this is closed. Whoever has it
   * says when it is {@link #done}.
   */
  List<Pending> next() {
    loading.lock();
    try {
      while (!closed) {
        long after = begin();
        List<Pending> loaded = database.read(sql -> load(sql, after));
        if (loaded.isEmpty()) {
          pause();
          continue;
        }
        List<Pending> batch = take(loaded);
        if (!batch.isEmpty()) {
          return batch;
        }
      }
      return List.of();
    } finally {
      loading.unlock();
    }
  }

  /** Waits for new contents or the retry time. */
  void pause() {
    lock.lock();
    try {
      long left = untilNextPass();
      while (!closed && lowestWoken == Long.MAX_VALUE && left > 0) {
        left = woken.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Makes {@code content} and all above it be looked at. */
  void wake(long content) {
    lock.lock();
    try {
      lowestWoken = Math.min(lowestWoken, content);
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How long the pass goes on, in nanoseconds; not above 0 when its time is over. */
  private long untilNextPass() {
    return retry.toNanos() - (System.nanoTime() - passBegan);
  }

  /** Takes note of who woke, begins a pass when it is time, and says where to go on. */
  private long begin() {
    lock.lock();
    try {
      if (untilNextPass() <= 0) {
        passed = 0;
        passBegan = System.nanoTime();
      }
      passed = Math.min(passed, lowestWoken - 1);
      lowestWoken = Long.MAX_VALUE;
      return passed;
    } finally {
      lock.unlock();
    }
  }

  /** Passes what was loaded; returns those that nobody else is at. */
  private List<Pending> take(List<Pending> loaded) {
    lock.lock();
    try {
      passed = loaded.getLast().content();
      return loaded.stream().filter(pending -> underWay.add(pending.content())).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Says that nobody is at these any more: what is still pending may be given out again. */
  void done(List<Pending> batch) {
    lock.lock();
    try {
      batch.forEach(pending -> underWay.remove(pending.content()));
    } finally {
      lock.unlock();
    }
  }

  /** Whether this is the first time that the content is told to be unreadable. */
  boolean isNews(Pending pending) {
    lock.lock();
    try {
      return told.size() < TOLD_AT_MOST && told.add(pending.content());
    } finally {
      lock.unlock();
    }
  }

  /** Ends every wait. */
  void close() {
    lock.lock();
    try {
      closed = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  private static List<Pending> load(Sql sql, long after) {
    List<Pending> rows =
        sql.list(
            """
            SELECT h.content_id, c.size_bytes
            FROM content_hashes h JOIN contents c ON c.id = h.content_id
            WHERE h.value IS NULL AND h.algorithm = 'whirlpool' AND h.content_id > ?
            ORDER BY h.content_id LIMIT ?
            """,
            row -> new Pending(row.number("content_id"), row.number("size_bytes"), List.of()),
            after,
            BATCH);
    return rows.stream()
        .map(row -> new Pending(row.content(), row.size(), ContentSegments.of(sql, row.content())))
        .toList();
  }

  /** A content, how many bytes it has, and where they are. */
  record Pending(long content, long size, List<Segment> segments) {}
}
