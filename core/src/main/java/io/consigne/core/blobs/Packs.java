package io.consigne.core.blobs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packs of this run: store files that small contents of many callers share, and with them the
 * syncs. One pack is open to appends, or none.
 *
 * <p>Whoever finds nobody writing takes all that waits, writes it behind what the open pack has,
 * syncs once, and lets the others go; there is no thread for it. A pack to which a write or a sync
 * failed is never written again, since the system may take lost bytes for written ones: it is cut
 * to what was durable, and the next group begins another; so it does when somebody has removed the
 * pack. Nor is a pack of an earlier run written: a record of before a crash, at the same place
 * under the same name, would pass for a good one.
 */
final class Packs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Packs.class);

  private final PackFile.Source files;
  private final PackLimits limits;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BufferPool.BUFFER_BYTES);
  private final Queue<PendingAppend> waiting = new ConcurrentLinkedQueue<>();
  private final Map<String, Pack> begun = new ConcurrentHashMap<>();
  private final ReentrantLock writing = new ReentrantLock();
  private @Nullable Pack open;
  private boolean closed;

  /** Has no pack yet. */
  Packs(PackFile.Source files, PackLimits limits) {
    this.files = files;
    this.limits = limits;
  }

  /** See {@link Blobs#append}. */
  Appended append(List<ByteBuffer> contents) {
    if (Thread.currentThread().isInterrupted()) {
      throw new UncheckedIOException(new InterruptedIOException("interrupted before an append"));
    }
    var own = new PendingAppend(contents);
    waiting.add(own);
    boolean interrupted = false;
    while (!own.isDone()) {
      if (writing.tryLock()) {
        interrupted |= lead(own);
      } else {
        LockSupport.park(this);
      }
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return own.outcome();
  }

  /** See {@link Blobs#retire}. Waits for a group that is written, perhaps to a pack just begun. */
  boolean retire(String storeFile) {
    writing.lock();
    try {
      Pack pack = begun.get(storeFile);
      if (pack == null) {
        return true;
      }
      if (pack.isHeld()) {
        return false;
      }
      if (pack.equals(open)) {
        closeOpen();
      }
      return true;
    } finally {
      unlock();
    }
  }

  /** Refuses a store file that cannot be retired. */
  void requireRetired(String storeFile) {
    if (!retire(storeFile)) {
      throw new IllegalStateException("store file is held: " + storeFile);
    }
  }

  /** Whether the store file is a pack of this run. */
  boolean isBegun(String storeFile) {
    return begun.containsKey(storeFile);
  }

  /** Forgets a pack that was deleted. */
  void forget(String storeFile) {
    begun.remove(storeFile);
  }

  /** Closes the open pack, and refuses further appends. */
  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      closeOpen();
    } finally {
      unlock();
    }
  }

  /** Writes a group, of which {@code own} is one unless it is done; whether it was interrupted. */
  private boolean lead(PendingAppend own) {
    try {
      return !own.isDone() && write(nextGroup());
    } finally {
      unlock();
    }
  }

  /** Wakes who waits now and did not get the lock before. */
  private void unlock() {
    writing.unlock();
    PendingAppend next = waiting.peek();
    if (next != null) {
      next.wake();
    }
  }

  private List<PendingAppend> nextGroup() {
    var group = new ArrayList<PendingAppend>();
    long bytes = 0;
    while (bytes < limits.groupBytes()) {
      PendingAppend next = waiting.poll();
      if (next == null) {
        break;
      }
      group.add(next);
      bytes += next.bytes();
    }
    return group;
  }

  /**
   * Answers each of the group, whatever happens. An interruption closes the file, but the group is
   * not only the interrupted thread's: it is written anew. Whether there was one.
   */
  private boolean write(List<PendingAppend> group) {
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        writeOnce(group);
        return interrupted;
      } catch (ClosedByInterruptException e) {
        interrupted = Thread.interrupted();
      } catch (IOException e) {
        group.forEach(each -> each.fail(files.failure(e)));
        return interrupted;
      } catch (RuntimeException | Error e) {
        group.forEach(each -> each.fail(e));
        return interrupted;
      }
    }
  }

  private void writeOnce(List<PendingAppend> group) throws IOException {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    files.require(group.stream().mapToLong(PendingAppend::bytes).sum());
    Pack pack = pack();
    var segments = new ArrayList<List<Segment>>(group.size());
    boolean done = false;
    try {
      for (PendingAppend each : group) {
        segments.add(pack.add(each.contents()));
      }
      pack.sync();
      done = true;
    } finally {
      if (!done) {
        abandon(pack);
      }
    }
    for (int i = 0; i < group.size(); i++) {
      group.get(i).succeed(pack, segments.get(i));
    }
  }

  private Pack pack() throws IOException {
    Pack last = open;
    if (last != null && last.size() < limits.packBytes() && last.isInPlace()) {
      return last;
    }
    closeOpen();
    Pack next = new Pack(files.begin(), buffer);
    begun.put(next.name(), next);
    open = next;
    return next;
  }

  private void closeOpen() {
    Pack last = open;
    open = null;
    if (last != null) {
      try {
        last.close();
      } catch (IOException e) {
        LOG.warn("Pack {} cannot be closed, but is durable: {}", last.name(), e.toString());
      }
    }
  }

  private void abandon(Pack pack) {
    open = null;
    boolean interrupted = Thread.interrupted();
    try {
      pack.abandon();
    } catch (IOException e) {
      LOG.warn("Pack {} keeps its torn tail until the next start: {}", pack.name(), e.toString());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
