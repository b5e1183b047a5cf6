package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets something happen after a segment was opened, or before a store file is retired. */
public final class HookedBlobs implements Blobs {
  private final Blobs inner;
  private final AtomicReference<@Nullable Runnable> afterOpen = new AtomicReference<>();
  private final AtomicReference<@Nullable Runnable> beforeRetire = new AtomicReference<>();

  /** Passes everything on to {@code inner}. */
  public HookedBlobs(Blobs inner) {
    this.inner = inner;
  }

  /** Runs {@code action} once, right after the next {@link #open}. */
  public void afterNextOpen(Runnable action) {
    afterOpen.set(action);
  }

  /** Runs {@code action} once, right before the next {@link #retire}. */
  public void beforeNextRetire(Runnable action) {
    beforeRetire.set(action);
  }

  @Override
  public StoreFileWriter create() {
    return inner.create();
  }

  @Override
  public void commit(Collection<? extends StoreFileWriter> writers) {
    inner.commit(writers);
  }

  @Override
  public Appended append(List<ByteBuffer> contents) {
    return inner.append(contents);
  }

  @Override
  public boolean retire(String storeFile) {
    run(beforeRetire);
    return inner.retire(storeFile);
  }

  @Override
  public boolean cut(String storeFile, long sizeBytes) {
    return inner.cut(storeFile, sizeBytes);
  }

  @Override
  public BlobReader open(Segment segment, long from, long to) {
    BlobReader reader = inner.open(segment, from, to);
    run(afterOpen);
    return reader;
  }

  @Override
  public void delete(String storeFile) {
    inner.delete(storeFile);
  }

  @Override
  public void clear(Set<String> kept) {
    inner.clear(kept);
  }

  @Override
  public long availableBytes() {
    return inner.availableBytes();
  }

  @Override
  public void forEach(StoreFileVisitor visitor) {
    inner.forEach(visitor);
  }

  @Override
  public void close() {
    inner.close();
  }

  private static void run(AtomicReference<@Nullable Runnable> hook) {
    Runnable action = hook.getAndSet(null);
    if (action != null) {
      action.run();
    }
  }
}
