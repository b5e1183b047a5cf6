package io.consigne.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code multipart/form-data} body (RFC 7578, RFC 2046), read part by part while it arrives.
 *
 * <p>Memory is the one buffer, whatever the body's size; contents are handed out as slices of it.
 * The body is complete when {@link #nextPart} has returned null, and not before: until then the
 * contents that were read are not to be kept. What stands behind the closing boundary is not looked
 * at. After an exception the body is of no further use. One instance serves one thread at a time.
 */
public final class Multipart {
  /** A good size for the buffer, in bytes. */
  public static final int BUFFER_BYTES = 256 * 1024;

  private final DelimitedInput input;
  private final MultipartLimits limits;

  private @Nullable Part current;
  private boolean atDelimiter;
  private int parts;

  /**
   * Starts at the beginning of {@code in}, which stays the caller's to close.
   *
   * @param buffer for this body alone while it is read; longer than {@code limits.headerBytes()} by
   *     at least 128 bytes
   */
  public Multipart(InputStream in, Boundary boundary, byte[] buffer, MultipartLimits limits) {
    if (buffer.length < limits.headerBytes() + 128) {
      throw new IllegalArgumentException("buffer is too small: " + buffer.length + " bytes");
    }
    this.input = new DelimitedInput(in, boundary, buffer);
    this.limits = limits;
  }

  /**
   * The next part, passing what is unread of the one before; null when the closing boundary is
   * reached.
   *
   * @throws TruncatedBody if the body ends before its closing boundary
   * @throws OversizedBody if there are too many parts, or too many headers in one, or as much
   *     before the first of them
   * @throws MalformedBody if the body breaks another rule
   * @throws IOException if the body cannot be read
   */
  public @Nullable Part nextPart() throws IOException {
    int preamble = 0;
    while (!atDelimiter) {
      ByteBuffer passed = input.next();
      atDelimiter = passed == null;
      preamble += passed == null || current != null ? 0 : passed.remaining();
      if (preamble > limits.headerBytes()) {
        throw new OversizedBody(
            "More than " + limits.headerBytes() + " bytes stand before the first boundary");
      }
    }
    current = null;
    if (input.atClosing()) {
      return null;
    }
    if (parts == limits.parts()) {
      throw new OversizedBody("The body has more than " + parts + " parts");
    }
    PartHeaders headers = PartHeaders.parse(input.headers(limits.headerBytes()));
    input.startOfContent();
    parts++;
    atDelimiter = false;
    current = new Part(this, headers);
    return current;
  }

  @Nullable ByteBuffer content(Part part) throws IOException {
    if (part != current) {
      throw new IllegalStateException("the body has moved on from part " + part.name());
    }
    ByteBuffer piece = atDelimiter ? null : input.next();
    atDelimiter = piece == null;
    return piece;
  }
}
