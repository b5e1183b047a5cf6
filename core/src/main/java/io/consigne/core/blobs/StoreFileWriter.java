package io.consigne.core.blobs;

import java.nio.ByteBuffer;

/**
 * Writes the records of one new store file. Used by one thread at a time.
 *
 * <p>Bytes are checksummed as they come in; nothing is visible or durable before {@link
 * Blobs#commit}. After a failed call only {@link #close} is of use: any other throws {@link
 * IllegalStateException}.
 */
public interface StoreFileWriter extends AutoCloseable {
  /** The store file's name. */
  String name();

  /**
   * Makes the writer gather many small records in {@code buffer}, which nobody else uses until the
   * writer is closed, and write them together. Called before the first record, or never; a store to
   * which that is no gain does not.
   */
  default void gather(ByteBuffer buffer) {}

  /** Appends the remaining bytes of {@code bytes} to the open record, opening one if none is. */
  void write(ByteBuffer bytes);

  /** Ends the open record, or adds an empty one, and says where its bytes stand. */
  Segment endRecord();

  /** Bytes of the store file so far, checksums included. */
  long size();

  /**
   * Makes what the open record has so far survive power loss, so that {@link Blobs#resume} can go
   * on with it; the store file has no other record. A store that cannot do that answers 0.
   *
   * @return how many bytes of the record are safe
   */
  default long checkpoint() {
    return 0;
  }

  /** As {@link #close}, but leaves what the last {@link #checkpoint} spoke of. */
  default void park() {
    close();
  }

  /** Removes the store file unless {@link Blobs#commit} made it visible; may be called twice. */
  @Override
  void close();
}
