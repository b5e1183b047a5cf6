package io.consigne.server.http;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The line that separates the parts of a multipart body, without its two leading dashes.
 *
 * @param text 1 to 70 characters of RFC 2046's {@code bchars}, the last not a space
 */
public record Boundary(String text) {
  private static final Pattern SHAPE =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

  /** Refuses what RFC 2046 does not allow. */
  public Boundary {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("boundary must be 1 to 70 allowed characters: " + text);
    }
  }

  /** Whether a {@code Content-Type} is that of a body with a boundary. */
  public static boolean isAnnouncedBy(String contentType) {
    return contentType
        .split(";", 2)[0]
        .strip()
        .toLowerCase(Locale.ROOT)
        .equals("multipart/form-data");
  }

  /**
   * The boundary that a {@code Content-Type} announces, quoted or not.
   *
   * @throws MalformedBody if the type is another than {@code multipart/form-data}, or its boundary
   *     is missing or not as RFC 2046 wants it
   */
  public static Boundary ofContentType(String contentType) throws MalformedBody {
    HeaderParameters type = HeaderParameters.parse(contentType);
    if (!type.value().equals("multipart/form-data")) {
      throw new MalformedBody("Content-Type must be multipart/form-data: " + contentType);
    }
    String text = type.get("boundary");
    if (text == null) {
      throw new MalformedBody("Content-Type has no boundary: " + contentType);
    }
    if (!SHAPE.matcher(text).matches()) {
      throw new MalformedBody("Boundary must be 1 to 70 characters of RFC 2046: " + contentType);
    }
    return new Boundary(text);
  }
}
