package io.consigne.client.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One source of a remote upload. 1fichier.com tells of it nothing but how it ended.
 *
 * @param url the source, as the host shows it
 * @param state how far it is
 * @param name of the file; empty as long as it is not known
 * @param progress how much came
 * @param nextTry when the host tries again; null if it does not wait for that
 * @param link the file that came of it; null as long as there is none
 * @param message why it is not done, or what the host says of its success; may be empty
 */
public record RemoteFetch(
    String url,
    State state,
    String name,
    Progress progress,
    @Nullable Instant nextTry,
    @Nullable FileLink link,
    String message) {
  /** How far a fetch is. */
  public enum State {
    /** Waits for its turn, or for its next try; of 1fichier.com also: runs. */
    QUEUED,
    /** Bytes come. */
    RUNNING,
    /** The file is there. */
    DONE,
    /** Given up. */
    FAILED,
    /** Cancelled by somebody. */
    CANCELLED;

    /** {@return whether nothing more happens to it by itself} */
    public boolean ended() {
      return this == DONE || this == FAILED || this == CANCELLED;
    }
  }

  /**
   * How much of a file came.
   *
   * @param bytes so far
   * @param totalOrNull how many there will be; null if nobody knows
   * @param bytesPerSecond now; 0 if none come
   * @param leftOrNull how long it will take at this speed; null if nobody knows
   */
  public record Progress(
      long bytes, @Nullable Long totalOrNull, long bytesPerSecond, @Nullable Duration leftOrNull) {
    /** {@return how many bytes there will be} */
    public OptionalLong total() {
      return totalOrNull == null ? OptionalLong.empty() : OptionalLong.of(totalOrNull);
    }

    /** {@return how long it will take at this speed} */
    public Optional<Duration> left() {
      return Optional.ofNullable(leftOrNull);
    }
  }
}
