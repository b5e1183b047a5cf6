package io.consigne.core.uploads;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.tree.FileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One file of an upload while it comes in. A file that is refused takes its bytes all the same and
 * throws them away, so that the files after it can be read. Used by one thread at a time.
 */
public final class Incoming {
  private final Upload upload;
  private final String shownName;
  private final @Nullable FileName name;
  private final @Nullable Instant modified;
  private final long mostBytes;
  private @Nullable Body body;
  private @Nullable Failure refusal;
  private @Nullable Failure lack;
  private long size;
  private boolean ended;

  private Incoming(Upload upload, NamedFile file, long mostBytes, @Nullable Body body) {
    this.upload = upload;
    this.shownName = file.shownName();
    this.name = file.name();
    this.modified = file.modified();
    this.mostBytes = mostBytes;
    this.refusal = file.refusal();
    this.body = body;
  }

  /**
   * A file that is received by {@code body} and refused when it has more than {@code mostBytes}, or
   * there is no room for what has come.
   */
  static Incoming received(Upload upload, NamedFile file, long mostBytes, Body body) {
    return new Incoming(upload, file, mostBytes, body);
  }

  /** A file that goes on where a checkpoint was made. */
  static Incoming resumed(Upload upload, NamedFile file, long mostBytes, Body body, long size) {
    var incoming = new Incoming(upload, file, mostBytes, body);
    incoming.size = size;
    return incoming;
  }

  /** A file that is refused from the start. */
  static Incoming refused(Upload upload, NamedFile file) {
    return new Incoming(upload, file, Long.MAX_VALUE, null);
  }

  /**
   * Takes the remaining bytes of {@code bytes}, which may be used for something else afterwards.
   *
   * @throws FailureException {@code StoreFull}; the upload can only be closed then
   * @throws java.io.UncheckedIOException if the store failed or the thread was interrupted; the
   *     upload can only be closed then
   */
  public void write(ByteBuffer bytes) {
    requireOpen();
    size += bytes.remaining();
    if (size > mostBytes && refusal == null) {
      refusal = new Failure.TooLarge("file", size, mostBytes);
      drop();
    } else if (body != null) {
      lack = upload.lack(bytes.remaining());
      if (lack != null) {
        drop();
      }
    }
    Body receiver = body;
    if (receiver == null) {
      bytes.position(bytes.limit());
    } else {
      upload.guarded(() -> receiver.write(bytes));
    }
  }

  /**
   * Takes the whole content, piece by piece, and ends the file; throws as {@link #write}.
   *
   * @param first the first piece, null for an empty file
   * @throws IOException if the rest cannot be read; the upload can only be closed then
   */
  public void receive(@Nullable ByteBuffer first, Pieces rest) throws IOException {
    for (ByteBuffer bytes = first; bytes != null; bytes = rest.next()) {
      write(bytes);
    }
    end();
  }

  /** Ends the file; throws as {@link #write}. */
  public void end() {
    requireOpen();
    Failure reason = refusal;
    if (reason != null) {
      upload.add(new Received.Refused(shownName, size, reason));
    } else if (name != null) {
      end(name);
    }
    ended = true;
  }

  private void end(FileName known) {
    Failure missing = lack;
    Body receiver = body;
    if (missing != null) {
      upload.add(new Received.Crowded(known, size, missing));
    } else if (receiver != null) {
      upload.guarded(() -> upload.add(new Received.Whole(known, size, modified, receiver.end())));
    }
  }

  /**
   * Makes what came so far survive a crash: {@link Upload#resume} can go on with it, in another
   * upload or another run of the host. Throws as {@link #write}.
   *
   * @return where it is; empty if the file is too small for that, or refused
   */
  public Optional<Checkpoint> checkpoint() {
    requireOpen();
    Body receiver = body;
    if (receiver == null) {
      return Optional.empty();
    }
    var made = new AtomicReference<@Nullable Checkpoint>();
    upload.guarded(() -> made.set(receiver.checkpoint().orElse(null)));
    return Optional.ofNullable(made.get());
  }

  /** Whether it is large enough for a {@link #checkpoint}. */
  public boolean isLarge() {
    Body receiver = body;
    return receiver != null && receiver.isLarge();
  }

  /**
   * Ends the file's upload, also after its last byte, but leaves what the last checkpoint spoke of.
   */
  public void park() {
    Body receiver = body;
    if (receiver != null) {
      body = null;
      receiver.park();
    }
  }

  /** Throws away what was received, unless the file has ended. */
  void drop() {
    Body receiver = body;
    if (receiver != null && !ended) {
      body = null;
      receiver.drop();
      upload.dropped();
    }
  }

  boolean isEnded() {
    return ended;
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the file has ended: " + shownName);
    }
    upload.requireUsable();
  }

  /** Where the bytes of a file come from. */
  @FunctionalInterface
  public interface Pieces {
    /** The next piece, which holds until the next call; null at the end. */
    @Nullable ByteBuffer next() throws IOException;
  }
}
