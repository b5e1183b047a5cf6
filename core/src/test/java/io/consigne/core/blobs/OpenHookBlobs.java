package io.consigne.core.blobs;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets something happen in the moment after a segment was opened. */
public final class OpenHookBlobs implements Blobs {
  private final Blobs inner;
  private final AtomicReference<@Nullable Runnable> hook = new AtomicReference<>();

  /** Passes everything on to {@code inner}. */
  public OpenHookBlobs(Blobs inner) {
    this.inner = inner;
  }

  /** Runs {@code action} once, right after the next {@link #open}. */
  public void afterNextOpen(Runnable action) {
    hook.set(action);
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
  public BlobReader open(Segment segment, long from, long to) {
    BlobReader reader = inner.open(segment, from, to);
    Runnable action = hook.getAndSet(null);
    if (action != null) {
      action.run();
    }
    return reader;
  }

  @Override
  public void delete(String storeFile) {
    inner.delete(storeFile);
  }

  @Override
  public void clear() {
    inner.clear();
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
}
