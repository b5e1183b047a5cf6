package io.consigne.core.blobs;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A file system whose syncs of packs can be held up, and are counted. */
final class GatedDisk implements Disk {
  private final Semaphore passes = new Semaphore(0);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger directorySyncs = new AtomicInteger();
  private volatile @Nullable IOException fault;
  private volatile boolean dead;

  /** How many syncs of packs were begun. */
  int syncs() {
    return begun.get();
  }

  /** How many writes there were. */
  int writes() {
    return writes.get();
  }

  /** How many syncs of directories there were. */
  int directorySyncs() {
    return directorySyncs.get();
  }

  /** Waits until somebody is in the {@code nth} sync. */
  void awaitSync(int nth) {
    await().until(() -> begun.get() >= nth);
  }

  /** Lets {@code count} syncs pass. */
  void pass(int count) {
    passes.release(count);
  }

  /** Makes every sync fail that passes from now on. */
  void fail(IOException cause) {
    fault = cause;
  }

  /** Makes every sync fail from now on, and the file system answer nothing about its room. */
  void die(IOException cause) {
    fault = cause;
    dead = true;
  }

  /** Lets syncs succeed again. */
  void mend() {
    fault = null;
  }

  @Override
  public long availableBytes(FileStore store) throws IOException {
    if (dead) {
      throw new IOException("Input/output error");
    }
    return Disk.REAL.availableBytes(store);
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    writes.incrementAndGet();
    Disk.REAL.write(file, bytes, position);
  }

  @Override
  public void forceData(FileChannel file) throws IOException {
    begun.incrementAndGet();
    passes.acquireUninterruptibly();
    IOException cause = fault;
    if (cause != null) {
      throw cause;
    }
    Disk.REAL.forceData(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    directorySyncs.incrementAndGet();
    Disk.REAL.forceDirectory(directory);
  }
}
