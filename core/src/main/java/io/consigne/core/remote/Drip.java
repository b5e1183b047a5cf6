package io.consigne.core.remote;

/** Whether a source has sent next to nothing for a long time. Used by one thread. */
final class Drip {
  private final RemoteLimits.Places limits;
  private long sinceNanos;
  private long sinceBytes;

  /** A source from now on, of whose file so much is there. */
  Drip(RemoteLimits.Places limits, long nanos, long bytes) {
    this.limits = limits;
    this.sinceNanos = nanos;
    this.sinceBytes = bytes;
  }

  /** Whether it is slow now that so much is there; asked again and again. */
  boolean isSlow(long nanos, long bytes) {
    sinceBytes = Math.min(sinceBytes, bytes);
    if (bytes - sinceBytes >= limits.slowBytes()) {
      sinceNanos = nanos;
      sinceBytes = bytes;
    }
    return nanos - sinceNanos >= limits.slowTime().toNanos();
  }
}
