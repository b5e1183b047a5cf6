package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is asked of a store. */
public final class CountingBlobs extends ForwardingBlobs {
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger committedFiles = new AtomicInteger();
  private final AtomicInteger appends = new AtomicInteger();

  /** Passes everything on to {@code inner}. */
  public CountingBlobs(Blobs inner) {
    super(inner);
  }

  /** How often {@link #commit} was called. */
  public int commits() {
    return commits.get();
  }

  /** How many store files were committed. */
  public int committedFiles() {
    return committedFiles.get();
  }

  /** How often {@link #append} was called. */
  public int appends() {
    return appends.get();
  }

  @Override
  public void commit(Collection<? extends StoreFileWriter> writers) {
    commits.incrementAndGet();
    committedFiles.addAndGet(writers.size());
    super.commit(writers);
  }

  @Override
  public Appended append(List<ByteBuffer> contents) {
    appends.incrementAndGet();
    return super.append(contents);
  }
}
