package io.consigne.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 without mercy: what is not well-formed is refused, not replaced. */
final class Utf8 {
  private Utf8() {}

  /** Decodes the rest of {@code bytes}; {@code what} begins the message if that cannot be. */
  static String decode(ByteBuffer bytes, String what) throws MalformedBody {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      var malformed = new MalformedBody(what + ": not UTF-8");
      malformed.initCause(e);
      throw malformed;
    }
  }
}
