package io.consigne.core.blobs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Syncs a large file while it is written, on another thread, so that the sync that its commit waits
 * for has little left to do. One that failed fails the next call: after a failure the system may
 * take lost bytes for written ones, and a later sync would not tell.
 */
final class SyncAhead {
  /** How much is written between two syncs; smaller files have but the last one. */
  static final long STEP_BYTES = 32 << 20;

  private final Disk disk;
  private final FileChannel channel;
  private long unsynced;
  private @Nullable FutureTask<@Nullable Void> running;

  /** Syncs {@code channel}, which the caller writes and closes. */
  SyncAhead(Disk disk, FileChannel channel) {
    this.disk = disk;
    this.channel = channel;
  }

  /** Tells that so many more bytes were written. */
  void written(long bytes) throws IOException {
    unsynced += bytes;
    FutureTask<@Nullable Void> last = running;
    if (unsynced < STEP_BYTES || (last != null && !last.isDone())) {
      return;
    }
    awaitRunning();
    unsynced = 0;
    var next = new FutureTask<@Nullable Void>(this::forceData);
    running = next;
    Thread.ofVirtual().name("sync-ahead").start(next);
  }

  /** Makes everything that was written survive power loss. */
  void force() throws IOException {
    awaitRunning();
    disk.force(channel);
  }

  private @Nullable Void forceData() throws IOException {
    disk.forceData(channel);
    return null;
  }

  private void awaitRunning() throws IOException {
    if (running == null) {
      return;
    }
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a file was synced");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException fault
          ? fault
          : new IOException("the file could not be synced", e.getCause());
    }
  }
}
