package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Passes everything on to another store. */
abstract class ForwardingBlobs implements Blobs {
  private final Blobs inner;

  ForwardingBlobs(Blobs inner) {
    this.inner = inner;
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
