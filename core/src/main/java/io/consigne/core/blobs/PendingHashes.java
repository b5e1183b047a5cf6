package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.ContentId;
import io.consigne.core.jobs.FaultLog;
import io.consigne.core.jobs.LowPriority;
import io.consigne.hashes.Whirlpool;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the Whirlpool of contents beside everything else. What is to do is known to the database
 * alone, so that it goes on after a restart; memory holds one batch of it.
 */
public final class PendingHashes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PendingHashes.class);
  private static final long LONGEST_UNWRITTEN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final FaultLog faults = new FaultLog(LOG);
  private final Database database;
  private final StoredContent stored;
  private final HashBacklog backlog;
  private final HashesWritten written = new HashesWritten();
  private final List<Thread> workers = new ArrayList<>();

  /**
   * Computes nothing before {@link #start}.
   *
   * @param retry after this time, contents that could not be read are tried again
   */
  public PendingHashes(Database database, Blobs blobs, Duration retry) {
    this.database = database;
    this.stored = new StoredContent(blobs);
    this.backlog = new HashBacklog(database, retry);
  }

  /** Starts {@code count} threads that yield the processor to everything else. */
  public void start(int count) {
    for (int i = 1; i <= count; i++) {
      workers.add(
          Thread.ofPlatform().name("whirlpool-" + i).daemon().start(LowPriority.of(this::work)));
    }
  }

  /** Tells that contents became pending, {@code lowest} the lowest of them; returns at once. */
  public void wake(ContentId lowest) {
    backlog.wake(lowest.value());
  }

  /** Tells when results are written. */
  public HashesWritten written() {
    return written;
  }

  /** Stops between two blocks; what was not computed stays pending. */
  @Override
  public void close() {
    backlog.close();
    for (Thread worker : workers) {
      joinUninterruptibly(worker);
    }
  }

  private void work() {
    var results = new ArrayList<Result>();
    while (!backlog.isClosed()) {
      try {
        write(results);
        compute(backlog.next(), results);
      } catch (RuntimeException | Error e) {
        faults.tell("Pending hashes cannot be worked on; the next try is later", e);
        backlog.pause();
      }
    }
  }

  private void compute(List<HashBacklog.Pending> batch, List<Result> results) {
    try {
      hash(batch, results);
    } finally {
      backlog.done(batch);
    }
  }

  /** What cannot be written stays in {@code results}, so that it is not computed again. */
  private void hash(List<HashBacklog.Pending> batch, List<Result> results) {
    long writtenAt = System.nanoTime();
    for (HashBacklog.Pending pending : batch) {
      hash(pending).ifPresent(value -> results.add(new Result(pending.content(), value)));
      if (System.nanoTime() - writtenAt > LONGEST_UNWRITTEN_NANOS) {
        write(results);
        writtenAt = System.nanoTime();
      }
    }
    write(results);
  }

  private Optional<String> hash(HashBacklog.Pending pending) {
    long found = Segment.bytes(pending.segments());
    if (found != pending.size()) {
      passOver(pending, "its segments have " + found + " of its " + pending.size() + " bytes");
      return Optional.empty();
    }
    var whirlpool = new Whirlpool();
    try {
      boolean all =
          stored.read(
              pending.segments(),
              bytes -> {
                whirlpool.update(bytes);
                return !backlog.isClosed();
              });
      return all ? Optional.of(whirlpool.hexDigest()) : Optional.empty();
    } catch (FailureException e) {
      passOver(pending, e.failure() instanceof Failure.Rotten(String at) ? at : e.toString());
    } catch (UncheckedIOException e) {
      passOver(pending, e.toString());
    }
    return Optional.empty();
  }

  private void passOver(HashBacklog.Pending pending, String where) {
    if (backlog.isNews(pending) && isStillPending(pending)) {
      LOG.error(
          "Content {} cannot be read, its Whirlpool stays open: {}", pending.content(), where);
    }
  }

  /** Whether the content is still made of the same; if not, it was collected or healed. */
  private boolean isStillPending(HashBacklog.Pending pending) {
    List<Segment> now = database.read(sql -> ContentSegments.of(sql, pending.content()));
    return now.equals(pending.segments());
  }

  private void write(List<Result> results) {
    if (results.isEmpty()) {
      return;
    }
    database.change(sql -> {
      for (Result result : results) {
        sql.update(
            """
            UPDATE content_hashes SET value = ? WHERE content_id = ? AND algorithm = 'whirlpool'
            """,
            result.value(),
            result.content());
      }
    });
    results.clear();
    written.signal();
  }

  private static void joinUninterruptibly(Thread worker) {
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private record Result(long content, String value) {}
}
