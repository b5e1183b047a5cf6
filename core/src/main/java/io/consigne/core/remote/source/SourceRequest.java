package io.consigne.core.remote.source;

import io.consigne.core.ids.AccountId;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is to be fetched.
 *
 * @param url from where
 * @param headers what is sent along
 * @param partOrNull what of the file is there already, to be asked for the rest only; null to ask
 *     for all of it
 * @param maxBytes how long the whole file may be, in bytes
 * @param askerOrNull for whom, so that one does not keep others waiting; null for nobody in
 *     particular
 */
public record SourceRequest(
    SourceUrl url,
    SourceHeaders headers,
    @Nullable Part partOrNull,
    long maxBytes,
    @Nullable AccountId askerOrNull) {
  /** Refuses a negative number. */
  public SourceRequest {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes " + maxBytes);
    }
  }

  /** A whole file. */
  public static SourceRequest whole(SourceUrl url, SourceHeaders headers, long maxBytes) {
    return new SourceRequest(url, headers, null, maxBytes, null);
  }

  /** How many bytes of the file are there already; from there on it is asked for. */
  public long offset() {
    return partOrNull == null ? 0 : partOrNull.bytes();
  }

  /** What the source called the state of the file when those bytes came; null for a whole file. */
  public @Nullable String validator() {
    return partOrNull == null ? null : partOrNull.validator();
  }

  /** This request, for a file no longer than that. */
  SourceRequest atMost(long bytes) {
    return new SourceRequest(url, headers, partOrNull, Math.min(maxBytes, bytes), askerOrNull);
  }

  /** This request, sent to another address: after a redirection. */
  SourceRequest at(SourceUrl other, SourceHeaders with) {
    return new SourceRequest(other, with, partOrNull, maxBytes, askerOrNull);
  }

  /**
   * The beginning of a file that is there already.
   *
   * @param bytes how much it is
   * @param validator what {@link Fetched#validator()} said when it came
   * @param length how long the whole file is, if the source said so then
   */
  public record Part(long bytes, String validator, OptionalLong length) {
    /** Refuses what is nothing. */
    public Part {
      if (bytes <= 0) {
        throw new IllegalArgumentException("part of " + bytes + " bytes");
      }
    }
  }
}
