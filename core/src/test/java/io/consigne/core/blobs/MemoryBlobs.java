package io.consigne.core.blobs;

import io.consigne.core.failure.Failure;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Keeps store files in memory, in the format of the disk, each up to 2 GiB. They last as long as
 * this object.
 */
public final class MemoryBlobs implements Blobs {
  private final RandomGenerator random;
  private final Map<String, MemoryFile> visible = new ConcurrentHashMap<>();
  private final BufferPool pool = new BufferPool();
  private final Packs packs;

  /** Is empty; {@code random} draws the names of store files, under a lock. */
  public MemoryBlobs(RandomGenerator random) {
    this.random = random;
    this.packs = new Packs(new MemoryPacks(this::drawName, visible), PackLimits.DEFAULT);
  }

  @Override
  public StoreFileWriter create() {
    return new MemoryWriter(drawName());
  }

  @Override
  public void commit(Collection<? extends StoreFileWriter> writers) {
    var files = writers.stream().map(MemoryWriter.class::cast).toList();
    files.forEach(MemoryWriter::beginCommit);
    for (MemoryWriter file : files) {
      visible.put(file.name(), file.bytes());
    }
  }

  @Override
  public Appended append(List<ByteBuffer> contents) {
    return packs.append(contents);
  }

  @Override
  public boolean retire(String storeFile) {
    return packs.retire(storeFile);
  }

  @Override
  public boolean cut(String storeFile, long sizeBytes) {
    var file = visible.get(new StoreFileName(storeFile).text());
    if (file == null || packs.isBegun(storeFile)) {
      return false;
    }
    file.cut(sizeBytes);
    return true;
  }

  @Override
  public BlobReader open(Segment segment, long from, long to) {
    segment.checkRange(from, to);
    var name = StoreFileName.of(segment);
    var file = visible.get(name.text());
    if (file == null) {
      var where = name.text() + " at " + segment.offset() + ": the store file is missing";
      throw new Failure.Rotten(where).asException();
    }
    return new CheckedReader(segment, from, to, file, pool);
  }

  @Override
  public void delete(String storeFile) {
    var name = new StoreFileName(storeFile).text();
    packs.requireRetired(name);
    visible.remove(name);
    packs.forget(name);
  }

  /** Does nothing: unfinished store files go with their writers. */
  @Override
  public void clear(Set<String> kept) {}

  @Override
  public long availableBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public void forEach(StoreFileVisitor visitor) {
    visible.forEach((name, file) -> visitor.visit(name, file.size()));
  }

  @Override
  public void close() {
    packs.close();
  }

  private StoreFileName drawName() {
    synchronized (random) {
      return StoreFileName.draw(random);
    }
  }

  /** The bytes of a visible store file, to be looked at or damaged. */
  MemoryFile file(String storeFile) {
    var file = visible.get(storeFile);
    if (file == null) {
      throw new IllegalArgumentException("no such store file: " + storeFile);
    }
    return file;
  }
}
