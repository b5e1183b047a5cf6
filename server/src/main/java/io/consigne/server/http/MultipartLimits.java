package io.consigne.server.http;

/**
 * How much of a multipart body is taken.
 *
 * @param parts parts of one body, at least 1
 * @param headerBytes bytes of one part's headers, at least 1
 */
public record MultipartLimits(int parts, int headerBytes) {
  /** Refuses limits that let nothing through. */
  public MultipartLimits {
    if (parts < 1) {
      throw new IllegalArgumentException("parts must be at least 1: " + parts);
    }
    if (headerBytes < 1) {
      throw new IllegalArgumentException("headerBytes must be at least 1: " + headerBytes);
    }
  }
}
