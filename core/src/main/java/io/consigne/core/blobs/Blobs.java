package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where the bytes of files are kept.
 *
 * <p>A <em>store file</em> is one physical object with a name of its own. It holds one or more
 * <em>records</em>, each the bytes of one segment with their checksums, and what a record is made
 * of never changes. A store file is written by one caller and becomes visible by {@link #commit};
 * or it is a <em>pack</em>, visible from its begin, to which {@link #append} adds the records of
 * many callers until it is large enough or this store is closed. It goes by {@link #delete}; what
 * the database says about it is not known here.
 *
 * <p>All calls block and may come from virtual threads. Faults of the store come out as {@link
 * io.consigne.core.failure.FailureException}: {@code StoreFull} when there is no room, {@code
 * Rotten} when bytes are missing, are not those that were written, or cannot be read from the
 * medium; any other, such as a want of rights or descriptors, as {@link
 * java.io.UncheckedIOException}. An interrupted thread gets {@code UncheckedIOException} and leaves
 * nothing half done that {@link StoreFileWriter#close} does not clear away.
 *
 * <p>A store file's name is 32 lower-case hexadecimal digits. By another one, as a damaged row may
 * have it, {@link #open} and {@link #retire} find a store file that is missing; other calls throw
 * {@link IllegalArgumentException}.
 */
public interface Blobs extends AutoCloseable {
  /** Begins a store file under a new name that was never used before. Costs no sync. */
  StoreFileWriter create();

  /**
   * Goes on with an unfinished store file that {@link StoreFileWriter#checkpoint} spoke of, in this
   * run or an earlier one, and that nobody writes any more. The writer's record is open and has its
   * first {@code sizeBytes} bytes; anything behind them is cut off. Whether they are still those
   * that were written is for the caller to find out. Empty if they are not there, or the medium
   * cannot read them.
   *
   * @param bytes is shown them, in order, in buffers that hold until it returns
   */
  default Optional<StoreFileWriter> resume(
      String storeFile, long sizeBytes, Consumer<ByteBuffer> bytes) {
    return Optional.empty();
  }

  /** Removes an unfinished store file that nobody writes; one that is missing is no failure. */
  default void discard(String storeFile) {}

  /**
   * Makes the written store files durable and visible, sharing syncs: when this returns, each
   * survives power loss, its directory entry included. On failure none counts as kept: closing the
   * writers removes them, and nothing of them can be committed again. The writers have no open
   * record and are closed afterwards.
   *
   * <p>A crash before it returns may leave some of the store files visible, each complete.
   *
   * @throws IllegalStateException if a writer has an open record, failed, was committed or closed
   */
  void commit(Collection<? extends StoreFileWriter> writers);

  /**
   * Keeps each of the contents as a record of a pack, sharing syncs with whoever calls at the same
   * time: when this returns, all of them survive power loss, the directory entry of the pack
   * included. The buffers are not changed; the contents together are small enough to be written at
   * once.
   *
   * <p>On failure none of them counts as kept, nor of those who shared the sync; what was durable
   * in the pack stays. A crash, or a failure, may leave bytes behind the last record that was
   * answered, in any state: see {@link #cut}.
   *
   * <p>A thread that is interrupted before this throws {@code UncheckedIOException} and keeps
   * nothing; one that is interrupted meanwhile gets its answer, and stays interrupted.
   *
   * @throws IllegalStateException if the store is closed
   */
  Appended append(List<ByteBuffer> contents);

  /**
   * Closes a store file to appends, now and for ever, unless an {@link Appended} in it is not
   * closed: then this changes nothing and answers false. True as well for one that is no pack, of
   * an earlier run, or missing.
   */
  boolean retire(String storeFile);

  /**
   * Takes away what stands behind the first {@code sizeBytes} bytes of a store file of an earlier
   * run, durably. False, and nothing is done, if it is a pack of this run or missing.
   */
  boolean cut(String storeFile, long sizeBytes);

  /**
   * Opens the bytes {@code from} (inclusive) to {@code to} (exclusive) of a segment for reading in
   * order. The first block is not read yet.
   *
   * <p>A reader that is open when its store file is deleted may go on to the end.
   *
   * @throws IllegalArgumentException if the range is not within the segment
   * @throws io.consigne.core.failure.FailureException {@code Rotten} if the store file is missing,
   *     shorter than the segment says, or does not hold this segment as a record; {@code
   *     Unavailable} if a newer version of the program wrote it
   */
  BlobReader open(Segment segment, long from, long to);

  /**
   * Removes a store file, which takes no more appends from now on; one that is missing is no
   * failure. It may be there again after a power loss, and is then found by {@link #forEach}.
   *
   * @throws IllegalStateException if {@link #retire} refuses it
   */
  void delete(String storeFile);

  /**
   * Removes what uploads of earlier runs left unfinished, but for these store files. Called once,
   * before any {@code create}.
   */
  void clear(Set<String> kept);

  /** Removes all that uploads of earlier runs left unfinished. */
  default void clear() {
    clear(Set.of());
  }

  /** The bytes that the store can still take; {@code Long.MAX_VALUE} if it does not know. */
  long availableBytes();

  /**
   * Calls {@code visitor} with the name and present size of each visible store file, in any order;
   * what else somebody has put among them is skipped.
   */
  void forEach(StoreFileVisitor visitor);

  @Override
  void close();

  /** Takes what {@link #forEach} finds. */
  @FunctionalInterface
  interface StoreFileVisitor {
    /** A visible store file and its size on disk. */
    void visit(String storeFile, long sizeBytes);
  }
}
