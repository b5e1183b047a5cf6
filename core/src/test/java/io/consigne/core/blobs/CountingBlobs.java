package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is asked of a store. */
public final class CountingBlobs implements Blobs {
  private final Blobs inner;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger committedFiles = new AtomicInteger();
  private final AtomicInteger appends = new AtomicInteger();

  /** Passes everything on to {@code inner}. */
  public CountingBlobs(Blobs inner) {
    this.inner = inner;
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
  public StoreFileWriter create() {
    return inner.create();
  }

  @Override
  public void commit(Collection<? extends StoreFileWriter> writers) {
    commits.incrementAndGet();
    committedFiles.addAndGet(writers.size());
    inner.commit(writers);
  }

  @Override
  public Appended append(List<ByteBuffer> contents) {
    appends.incrementAndGet();
    return inner.append(contents);
  }

  @Override
  public boolean retire(String storeFile) {
    return inner.retire(storeFile);
  }

  @Override
  public boolean cut(String storeFile, long sizeBytes) {
    return inner.cut(storeFile, sizeBytes);
  }

  @Override
  public BlobReader open(Segment segment, long from, long to) {
    return inner.open(segment, from, to);
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
}
