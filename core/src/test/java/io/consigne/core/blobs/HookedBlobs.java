package io.consigne.core.blobs;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets something happen after a segment was opened, or before a store file is retired. */
public final class HookedBlobs extends ForwardingBlobs {
  private final AtomicReference<@Nullable Runnable> afterOpen = new AtomicReference<>();
  private final AtomicReference<@Nullable Runnable> beforeRetire = new AtomicReference<>();

  /** Passes everything on to {@code inner}. */
  public HookedBlobs(Blobs inner) {
    super(inner);
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
  public boolean retire(String storeFile) {
    run(beforeRetire);
    return super.retire(storeFile);
  }

  @Override
  public BlobReader open(Segment segment, long from, long to) {
    BlobReader reader = super.open(segment, from, to);
    run(afterOpen);
    return reader;
  }

  private static void run(AtomicReference<@Nullable Runnable> hook) {
    Runnable action = hook.getAndSet(null);
    if (action != null) {
      action.run();
    }
  }
}
