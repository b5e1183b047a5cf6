package io.consigne.core.blobs;

import io.consigne.core.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * A store in memory that fails on demand: it loses its power, fails at a chosen call, fills up,
 * damages what it keeps, and knows what was not closed. Without a demand it is a {@link
 * MemoryBlobs}.
 */
public final class FaultyBlobs extends ForwardingBlobs {
  private final MemoryBlobs inner;
  private final Map<Call, Integer> callsUntilFailure = new EnumMap<>(Call.class);
  private final Set<FaultyHandle> handles = ConcurrentHashMap.newKeySet();
  private long roomBytes = Long.MAX_VALUE;

  /** The calls that can fail. */
  public enum Call {
    CREATE,
    WRITE,
    END_RECORD,
    COMMIT,
    APPEND,
    /** A writer's; it is closed all the same. */
    CLOSE,
    OPEN,
    NEXT,
    DELETE
  }

  /** Is empty; {@code random} draws the names of store files. */
  public FaultyBlobs(RandomGenerator random) {
    this(new MemoryBlobs(random));
  }

  private FaultyBlobs(MemoryBlobs inner) {
    super(inner);
    this.inner = inner;
  }

  /**
   * Makes the {@code nth} coming {@code call} fail with an {@link UncheckedIOException}, 1 being
   * the next one, before it does anything. Later ones succeed.
   */
  public synchronized void failAt(Call call, int nth) {
    callsUntilFailure.put(call, nth);
  }

  /** Makes the write that would exceed {@code roomBytes} more bytes fail with StoreFull. */
  public synchronized void fullAfter(long roomBytes) {
    this.roomBytes = roomBytes;
  }

  /** Loses power: open writers and readers are of no use, and only what was committed remains. */
  public void crash() {
    handles.forEach(FaultyHandle::cut);
    handles.clear();
  }

  /** Flips a bit of a visible store file. */
  public void flip(String storeFile, long position) {
    var bytes = inner.file(storeFile).toArray();
    bytes[Math.toIntExact(position)] ^= 1;
    inner.file(storeFile).set(bytes);
  }

  /** Cuts a visible store file. */
  public void truncate(String storeFile, long sizeBytes) {
    var bytes = inner.file(storeFile).toArray();
    inner.file(storeFile).set(Arrays.copyOf(bytes, Math.toIntExact(sizeBytes)));
  }

  /** What was opened and not closed, each as "writer NAME", "reader NAME" or "appended to NAME". */
  public List<String> unclosed() {
    return handles.stream().map(FaultyHandle::toString).sorted().toList();
  }

  @Override
  public StoreFileWriter create() {
    step(Call.CREATE);
    return add(new FaultyWriter(this, super.create()));
  }

  @Override
  public void commit(Collection<? extends StoreFileWriter> writers) {
    var files = writers.stream().map(FaultyWriter.class::cast).toList();
    try {
      step(Call.COMMIT);
      files.forEach(FaultyWriter::checkPower);
    } catch (RuntimeException e) {
      files.forEach(FaultyWriter::spend);
      throw e;
    }
    super.commit(files.stream().map(FaultyWriter::inner).toList());
  }

  @Override
  public Appended append(List<ByteBuffer> contents) {
    step(Call.APPEND);
    take(contents.stream().mapToLong(ByteBuffer::remaining).sum());
    return add(new FaultyAppended(this, super.append(contents)));
  }

  @Override
  public BlobReader open(Segment segment, long from, long to) {
    step(Call.OPEN);
    return add(new FaultyReader(this, segment.storeFile(), super.open(segment, from, to)));
  }

  @Override
  public void delete(String storeFile) {
    step(Call.DELETE);
    super.delete(storeFile);
  }

  @Override
  public synchronized long availableBytes() {
    return roomBytes;
  }

  /** Counts a call, and fails if it is the one that shall. */
  synchronized void step(Call call) {
    Integer left = callsUntilFailure.computeIfPresent(call, (key, count) -> count - 1);
    if (left != null && left == 0) {
      callsUntilFailure.remove(call);
      throw new UncheckedIOException(new IOException("injected failure of " + call));
    }
  }

  /** Takes room for {@code bytes}. */
  synchronized void take(long bytes) {
    if (bytes > roomBytes) {
      throw new Failure.StoreFull().asException();
    }
    roomBytes -= roomBytes == Long.MAX_VALUE ? 0 : bytes;
  }

  /** Forgets what was closed. */
  void closed(FaultyHandle handle) {
    handles.remove(handle);
  }

  private <T extends FaultyHandle> T add(T handle) {
    handles.add(handle);
    return handle;
  }
}
