package io.consigne.client.transfer;

import io.consigne.client.model.Checksums;
import io.consigne.client.wire.ChangedFileException;
import io.consigne.client.wire.UploadPart;
import io.consigne.hashes.Whirlpool;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** One file of one request: hashed while it goes out, by what the host can be compared with. */
final class SentFile {
  private final UploadSource source;
  private final TransferFile file;
  private final Progress progress;
  private final boolean withWhirlpool;
  private long sentBytes;
  private @Nullable MessageDigest digest;
  private @Nullable String sha256;
  private @Nullable Whirlpool slowDigest;
  private @Nullable String whirlpool;

  /**
   * One that is to go out.
   *
   * @param withWhirlpool whether the host has no quicker checksum to compare with
   */
  SentFile(UploadSource source, Progress progress, boolean withWhirlpool) {
    this.withWhirlpool = withWhirlpool;
    this.source = source;
    this.file = new TransferFile(source.name(), source.sizeBytes());
    this.progress = progress;
  }

  /** One that has gone out. Its bytes are not here any more. */
  SentFile(OpenUpload.Item item) {
    this(
        new UploadSource(item.name(), item.sizeBytes(), item.modified(), () -> gone(item)),
        Progress.UNSEEN,
        false);
    this.sha256 = item.checksums().sha256();
    this.whirlpool = item.checksums().whirlpool();
  }

  private static InputStream gone(OpenUpload.Item item) throws IOException {
    throw new ChangedFileException(item.name() + " was sent by another process");
  }

  /** What is kept of it, once all of it has been read. */
  OpenUpload.Item item() {
    return new OpenUpload.Item(
        source.name(), source.sizeBytes(), source.modified(), new Checksums(whirlpool(), sha256()));
  }

  /** It is about to go out. */
  void begin() {
    progress.seen(new TransferEvent.Begun(file, 0));
  }

  /** It is known what became of it. */
  void end(UploadResult result) {
    progress.seen(
        result instanceof UploadResult.Stored stored
            ? new TransferEvent.Ended(file, stored.name())
            : new TransferEvent.Failed(file));
  }

  UploadSource source() {
    return source;
  }

  /** The file as a part of a body, by its name there. */
  UploadPart part(String name, boolean withTime) {
    return new UploadPart(
        name, source.sizeBytes(), withTime ? source.modified() : null, this::open, this::moved);
  }

  private InputStream open() throws IOException {
    MessageDigest hash = Digests.sha256();
    digest = hash;
    Whirlpool slow = withWhirlpool ? new Whirlpool() : null;
    slowDigest = slow;
    return new FilterInputStream(source.content().open()) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
          hash.update(buffer, offset, read);
          if (slow != null) {
            slow.update(buffer, offset, read);
          }
        }
        return read;
      }
    };
  }

  private synchronized void moved(long bytes) {
    sentBytes += bytes;
    progress.seen(new TransferEvent.Moved(file, bytes));
  }

  /** Its bytes must go out again, for a reason that somebody is to be told. */
  void repeat(String why) {
    progress.seen(new TransferEvent.Repeated(file, why));
    restart();
  }

  /** Its bytes must go out again, as another file of the request was left out. */
  synchronized void restart() {
    progress.seen(new TransferEvent.Moved(file, -sentBytes));
    sentBytes = 0;
    sha256 = null;
    whirlpool = null;
  }

  /** Whether the host's checksums are those of the bytes that went out. */
  synchronized boolean isSame(Checksums checksums) throws IOException {
    String sent = checksums.sha256() == null ? null : sha256();
    if (sent != null) {
      return sent.equals(checksums.sha256());
    }
    if (checksums.sha256() == null && checksums.whirlpool() != null && whirlpool() != null) {
      return checksums.whirlpool().equals(whirlpool());
    }
    try {
      return Digests.match(source.content(), checksums);
    } catch (ChangedFileException e) {
      return false;
    }
  }

  /** The Whirlpool of what went out, or null if it was not computed, or not all did in one go. */
  synchronized @Nullable String whirlpool() {
    if (whirlpool == null && slowDigest != null && sentBytes == source.sizeBytes()) {
      whirlpool = slowDigest.hexDigest();
      slowDigest = null;
    }
    return whirlpool;
  }

  /** The SHA-256 of what went out, or null if not all did in one go. */
  synchronized @Nullable String sha256() {
    if (sha256 == null && digest != null && sentBytes == source.sizeBytes()) {
      sha256 = Digests.hex(digest.digest());
      digest = null;
    }
    return sha256;
  }
}
