package io.consigne.core.remote.source;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a source gave no file. The message is one sentence for the owner; it holds nothing that the
 * source wrote, and no secret. There is no cause, since causes repeat what sources wrote.
 */
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final @Nullable Duration retryAfterOrNull;

  /** What kind of refusal it is. */
  public enum Reason {
    /** The host does not fetch from there: its address, port or scheme. */
    FORBIDDEN(false),
    /** No address is known by this name, or none where the host may go. */
    UNKNOWN_HOST(true),
    /** Nobody answers at the address, or the connection breaks before the answer. */
    UNREACHABLE(true),
    /** The source cannot prove that it is the one that was named. */
    UNTRUSTED(false),
    /** The source sends elsewhere too often, or where no fetch may go. */
    REDIRECTED(false),
    /** The source has no such file, or not for us. */
    REFUSED(false),
    /** This host is at too many others to begin with it: nothing was tried. */
    CROWDED(true),
    /** The source cannot do it now. */
    BUSY(true),
    /** What the source says is not what its protocol says. */
    NONSENSE(false),
    /** The source compresses the file, although it was asked not to. */
    COMPRESSED(false),
    /** The source sends a web page where a file should be. */
    WEB_PAGE(false),
    /** The file is longer than allowed. */
    TOO_LARGE(false),
    /** The source sends nothing, or too little. */
    STALLED(true),
    /** The connection broke, or the file ended early. */
    BROKEN(true),
    /** It was closed, or its thread interrupted, on our side. */
    STOPPED(false);

    private final boolean again;

    Reason(boolean again) {
      this.again = again;
    }
  }

  /** Says why, in one sentence. */
  public SourceException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** As {@link #SourceException(Reason, String)}, of a source that may say when it can do it. */
  public SourceException(Reason reason, String message, @Nullable Duration retryAfterOrNull) {
    super(message);
    this.reason = reason;
    this.retryAfterOrNull = retryAfterOrNull;
  }

  /** What kind of refusal it is. */
  public Reason reason() {
    return reason;
  }

  /** How long the source asks to be left alone; null if it does not say. */
  public @Nullable Duration retryAfterOrNull() {
    return retryAfterOrNull;
  }

  /** Whether the same may succeed later. */
  public boolean again() {
    return reason.again;
  }
}
