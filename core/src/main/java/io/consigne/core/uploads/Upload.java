package io.consigne.core.uploads;

import io.consigne.core.failure.Failure;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One upload from its first to its last byte. Nothing is kept before {@link #commit}; closing an
 * upload that was not committed leaves nothing behind. Used by one thread at a time.
 */
public final class Upload implements AutoCloseable {
  private final UploadHead head;
  private final Receiving receiving;
  private final Committer committer;
  private final UploadRoom room;
  private final Runnable whenClosed;
  private final List<Received> received = new ArrayList<>();
  private @Nullable Incoming current;
  private boolean spent;
  private boolean closed;

  Upload(
      UploadHead head,
      Receiving receiving,
      Committer committer,
      UploadRoom room,
      Runnable whenClosed) {
    this.head = head;
    this.receiving = receiving;
    this.committer = committer;
    this.room = room;
    this.whenClosed = whenClosed;
  }

  /**
   * What is known already of the form that {@link #commit} gets: whether there is room for a file
   * is asked of whoever owns the folder of this form, while the file comes in. A failure that it
   * throws refuses the file. Nothing is known of an upload that does not say.
   */
  public void expect(Supplier<UploadForm> known) {
    room.expect(known);
  }

  /**
   * Begins the next file; the one before has ended. A name that is none, or a file beyond the
   * plan's number, is refused in the report, and its bytes are thrown away.
   *
   * @param rawName the name as the client sent it
   * @param modified the client's modification time, or null
   * @throws io.consigne.core.failure.FailureException {@code TooLarge} when there are so many files
   *     that they are not even counted any more
   */
  public Incoming file(String rawName, @Nullable Instant modified) {
    requireUsable();
    requireNoneOpen();
    Incoming next = begin(NamedFile.of(rawName, modified));
    current = next;
    return next;
  }

  private Incoming begin(NamedFile file) {
    int most = head.limits().filesPerUpload();
    int number = received.size() + 1;
    if (number > most + UploadLimits.REFUSED_BEYOND) {
      throw tooMany(number, most).asException();
    }
    if (number > most) {
      return Incoming.refused(this, file.refused(tooMany(number, most)));
    }
    if (file.refusal() != null) {
      return Incoming.refused(this, file);
    }
    return Incoming.received(this, file, head.limits().largestFileBytes(), new Body(receiving));
  }

  private static Failure tooMany(int number, int most) {
    return new Failure.TooLarge("number of files", number, most);
  }

  /**
   * As {@link #file}, but goes on with what came before a checkpoint; empty, and nothing is begun,
   * if that is not there any more.
   *
   * @param bytes is shown what came, so that the caller can tell whether it is what it was
   */
  public Optional<Incoming> resume(String rawName, Checkpoint made, Consumer<ByteBuffer> bytes) {
    requireUsable();
    requireNoneOpen();
    var body = new Body(receiving);
    NamedFile named = NamedFile.of(rawName, null);
    if (named.refusal() != null || !body.resume(made.storeFile(), made.bytes(), bytes)) {
      return Optional.empty();
    }
    Incoming next =
        Incoming.resumed(this, named, head.limits().largestFileBytes(), body, made.bytes());
    current = next;
    return Optional.of(next);
  }

  /**
   * Keeps what may be kept. When this returns, the files that the report shows as kept survive a
   * power cut. May be called once.
   *
   * @throws io.consigne.core.failure.FailureException nothing was kept: {@code Conflict} if the id
   *     was used, {@code Invalid} if no file was sent, {@code NotAuthenticated} if the sender's key
   *     is dead, {@code StoreFull}
   * @throws RuntimeException if a store failed; then it may be that files were kept although nobody
   *     was told so
   */
  public UploadReport commit(UploadForm form) {
    return commit(form, Alongside.NOTHING);
  }

  /** As {@link #commit(UploadForm)}, with something else that happens exactly if the rest does. */
  public UploadReport commit(UploadForm form, Alongside alongside) {
    requireUsable();
    requireNoneOpen();
    spent = true;
    if (received.isEmpty()) {
      throw new Failure.Invalid("upload", head.id().value(), "has no file").asException();
    }
    room.end(); // else what the commit charges would be counted twice until this is closed
    return committer.commit(head, received, form, alongside);
  }

  /** Ends the upload; removes what was not committed. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    spent = true;
    UploadFiles files = receiving.files();
    try (files) {
      Incoming open = current;
      if (open != null) {
        open.drop();
      }
    } finally {
      room.end();
      whenClosed.run();
    }
  }

  /** Takes a file that has ended. */
  void add(Received file) {
    received.add(file);
    room.fileEnded();
  }

  /** Why so many bytes more of a file would be received in vain, null if they may be kept. */
  @Nullable Failure lack(int bytes) {
    return room.take(bytes, received);
  }

  /** What came of a file is gone. */
  void dropped() {
    room.fileDropped();
  }

  /** Runs a step after whose failure the upload can only be closed. */
  void guarded(Runnable step) {
    boolean done = false;
    try {
      step.run();
      done = true;
    } finally {
      spent |= !done;
    }
  }

  void requireUsable() {
    if (spent) {
      throw new IllegalStateException("the upload takes nothing more: " + head.id());
    }
  }

  private void requireNoneOpen() {
    if (current != null && !current.isEnded()) {
      throw new IllegalStateException("a file of the upload has not ended: " + head.id());
    }
  }
}
