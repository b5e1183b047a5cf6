package io.consigne.core.remote;

import io.consigne.core.remote.source.Fetched;
import io.consigne.core.remote.source.SourceRequest;
import io.consigne.core.tree.FileName;
import io.consigne.core.uploads.Checkpoint;
import io.consigne.core.uploads.Incoming;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.Uploads;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way from a source into the store: an upload of one file that outlives connections,
 * and with {@link #park} this run. Used by one thread.
 */
final class Arriving implements AutoCloseable {
  private final Upload upload;
  private final Incoming incoming;
  private final FileName name;
  private final @Nullable String validator;
  private final CRC32C sum;
  private long bytes;
  private OptionalLong length = OptionalLong.empty();
  private @Nullable Checkpoint safe;

  private Arriving(
      Upload upload, Incoming incoming, FileName name, @Nullable String validator, CRC32C sum) {
    this.upload = upload;
    this.incoming = incoming;
    this.name = name;
    this.validator = validator;
    this.sum = sum;
  }

  /** A file from its first byte on. */
  static Arriving anew(Uploads uploads, Sender sender, Fetched fetched) {
    FileName name = SourceName.of(fetched.fileName().orElse(null));
    Upload upload = uploads.beginAside(sender);
    return new Arriving(
        upload,
        upload.file(name.value(), null),
        name,
        fetched.validator().orElse(null),
        new CRC32C());
  }

  /** A file that came in part before; empty if the part is gone, or is not what it was. */
  static Optional<Arriving> resumed(Uploads uploads, Sender sender, Claim.Partial partial) {
    Upload upload = uploads.beginAside(sender);
    @Nullable Arriving resumed = null;
    try {
      var sum = new CRC32C();
      Optional<Incoming> incoming =
          upload.resume(partial.name(), partial.checkpoint(), sum::update);
      if (incoming.isPresent() && sum.getValue() == partial.sum()) {
        var name = new FileName(partial.name());
        resumed = new Arriving(upload, incoming.get(), name, partial.validator(), sum);
        resumed.bytes = partial.checkpoint().bytes();
        resumed.length = partial.length();
        resumed.safe = partial.checkpoint();
      }
      return Optional.ofNullable(resumed);
    } finally {
      if (resumed == null) {
        upload.close();
      }
    }
  }

  /** How many bytes came. */
  long bytes() {
    return bytes;
  }

  /** How many bytes came that would be lost. */
  long unsafeBytes() {
    return safe == null ? bytes : bytes - safe.bytes();
  }

  /** Where the beginning of it is that survives a crash. */
  Optional<Checkpoint> safe() {
    return Optional.ofNullable(safe);
  }

  FileName name() {
    return name;
  }

  /** What the source called its state, to go on only with the same; null if it cannot go on. */
  @Nullable String validator() {
    return validator;
  }

  /** Whether what came can be made to survive. */
  boolean isKept() {
    return validator != null && incoming.isLarge();
  }

  /** The source says that the whole file is so long. */
  void expect(OptionalLong whole) {
    length = whole;
  }

  /** What is there, to ask a source for the rest; empty if the source cannot resume. */
  Optional<SourceRequest.Part> part() {
    return validator == null || bytes == 0
        ? Optional.empty()
        : Optional.of(new SourceRequest.Part(bytes, validator, length));
  }

  /** Takes the remaining bytes. */
  void write(ByteBuffer piece) {
    sum.update(piece.duplicate());
    bytes += piece.remaining();
    incoming.write(piece);
  }

  /**
   * Makes what came survive a crash, unless it cannot be, or would not be of use.
   *
   * @param note tells who goes on with it; where that fails, nothing is left for it
   */
  void checkpoint(Consumer<Claim.Partial> note) {
    if (validator != null) {
      incoming
          .checkpoint()
          .ifPresent(made -> {
            note.accept(new Claim.Partial(made, sum.getValue(), validator, name.value(), length));
            safe = made;
          });
    }
  }

  /** Ends, but leaves what the last checkpoint that was noted spoke of, if there was one. */
  void park() {
    if (safe != null) {
      incoming.park();
    }
    upload.close();
  }

  /** The upload, with its only file complete. */
  Upload complete() {
    incoming.end();
    return upload;
  }

  /** Throws away what came, unless it was committed. */
  @Override
  public void close() {
    upload.close();
  }
}
