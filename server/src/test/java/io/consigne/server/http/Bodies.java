package io.consigne.server.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** Multipart bodies for tests, and what the parser made of them. */
final class Bodies {
  static final Boundary BOUNDARY = new Boundary("XbOuNdX");
  static final MultipartLimits LIMITS = new MultipartLimits(100, 1000);

  private Bodies() {}

  /** A part that was read to its end. */
  record Seen(String name, Optional<String> fileName, String text) {}

  /** A reader of {@code body}, which writes {@code \n} for each line end. */
  static Multipart reader(String body) {
    return reader(body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  static Multipart reader(byte[] body) {
    return new Multipart(new ByteArrayInputStream(body), BOUNDARY, new byte[1200], LIMITS);
  }

  /** All parts of a whole body. */
  static List<Seen> read(String body) throws IOException {
    return readAll(reader(body));
  }

  static List<Seen> readAll(Multipart multipart) throws IOException {
    var seen = new ArrayList<Seen>();
    for (Part part = multipart.nextPart(); part != null; part = multipart.nextPart()) {
      String text = new String(content(part), StandardCharsets.UTF_8);
      seen.add(new Seen(part.name(), part.fileName(), text));
    }
    return seen;
  }

  /** The one part of a body whose part has this {@code Content-Disposition}. */
  static Seen withDisposition(String disposition) throws IOException {
    String headers = "Content-Disposition: " + disposition + "\n\n";
    return read("--XbOuNdX\n" + headers + "x\n--XbOuNdX--\n").getFirst();
  }

  /** The next part of a body that has one. */
  static Part next(Multipart multipart) throws IOException {
    return Objects.requireNonNull(multipart.nextPart(), "the body has no further part");
  }

  static byte[] content(Part part) throws IOException {
    var content = new ByteArrayOutputStream();
    for (ByteBuffer piece = part.next(); piece != null; piece = part.next()) {
      var bytes = new byte[piece.remaining()];
      piece.get(bytes);
      content.write(bytes);
    }
    return content.toByteArray();
  }

  /** A stream that hands out {@code bytes} in pieces of random size. */
  static InputStream trickle(byte[] bytes, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(40)));
      }
    };
  }
}
