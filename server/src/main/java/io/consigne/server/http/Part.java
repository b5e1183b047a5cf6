package io.consigne.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One part of a {@link Multipart} body: a plain field, or a file. Read it before the next one. */
public final class Part {
  private final Multipart body;
  private final PartHeaders headers;

  Part(Multipart body, PartHeaders headers) {
    this.body = body;
    this.headers = headers;
  }

  /** The form field's name, as it was sent. */
  public String name() {
    return headers.name();
  }

  /**
   * The file's name, literally as it was sent; empty if this is a plain field. A browser's file
   * field in which nothing was chosen is an empty name with an empty content.
   */
  public Optional<String> fileName() {
    return Optional.ofNullable(headers.fileName());
  }

  /**
   * The next piece of the content, never empty; null at its end.
   *
   * @return a slice of the body's buffer, which holds until the next call on the body or a part
   * @throws TruncatedBody if the body ends first: this content must not be kept
   * @throws MalformedBody if the body breaks another rule
   * @throws IOException if the body cannot be read
   * @throws IllegalStateException if the body has moved on to another part
   */
  public @Nullable ByteBuffer next() throws IOException {
    return body.content(this);
  }

  /**
   * The rest of the content, as UTF-8.
   *
   * @throws OversizedBody if it is larger than {@code limitBytes}
   * @throws MalformedBody if it is not UTF-8, or as for {@link #next}
   * @throws IOException as {@link #next}
   */
  public String text(int limitBytes) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (ByteBuffer piece = next(); piece != null; piece = next()) {
      if (piece.remaining() > limitBytes - bytes.size()) {
        throw new OversizedBody("Field " + name() + " is larger than " + limitBytes + " bytes");
      }
      bytes.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
    }
    return Utf8.decode(ByteBuffer.wrap(bytes.toByteArray()), "Field " + name());
  }
}
