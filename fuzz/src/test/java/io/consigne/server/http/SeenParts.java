package io.consigne.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a reader made of a multipart body.
 *
 * @param parts that were whole
 * @param end {@code complete}, or the kind of the failure
 */
record SeenParts(List<Seen> parts, String end) {
  /** A part, an octet of its content being a character. */
  record Seen(PartHeaders headers, String content) {}

  /** Octets as characters. */
  static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
