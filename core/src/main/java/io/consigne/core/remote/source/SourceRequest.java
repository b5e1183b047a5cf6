package io.consigne.core.remote.source;

import org.jspecify.annotations.Nullable;

/**
 * What is to be fetched.
 *
 * @param url from where
 * @param headers what is sent along
 * @param offset how many bytes of the file are there already; from there on it is asked for
 * @param validator what {@link Fetched#validator()} said when those bytes came; without it the file
 *     is asked for from its beginning, whatever the offset
 * @param maxBytes how long the whole file may be, in bytes
 */
public record SourceRequest(
    SourceUrl url, SourceHeaders headers, long offset, @Nullable String validator, long maxBytes) {
  /** Refuses negative numbers. */
  public SourceRequest {
    if (offset < 0 || maxBytes < 0) {
      throw new IllegalArgumentException("offset " + offset + ", maxBytes " + maxBytes);
    }
  }

  /** A whole file. */
  public static SourceRequest whole(SourceUrl url, SourceHeaders headers, long maxBytes) {
    return new SourceRequest(url, headers, 0, null, maxBytes);
  }

  /** Whether only the rest of a file is wanted, and how to tell that it is still the same file. */
  boolean resumes() {
    return offset > 0 && validator != null;
  }

  /** The same, with a file no longer than this. */
  SourceRequest atMost(long bytes) {
    return new SourceRequest(url, headers, offset, validator, Math.min(maxBytes, bytes));
  }
}
