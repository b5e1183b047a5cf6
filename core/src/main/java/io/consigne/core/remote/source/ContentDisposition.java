package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.message.ParserCursor;
import org.jspecify.annotations.Nullable;

/** The name that a web server gives a file (RFC 6266 and RFC 8187). */
final class ContentDisposition {
  private ContentDisposition() {}

  /** The name in the header's value, without folders; empty if it holds none. */
  static Optional<String> fileName(String header) {
    var values = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    MessageSupport.parseParameters(
        header,
        new ParserCursor(0, header.length()),
        pair -> {
          if (pair.getValue() != null) {
            values.putIfAbsent(pair.getName(), pair.getValue());
          }
        });
    return Optional.ofNullable(values.get("filename*"))
        .flatMap(ContentDisposition::extended)
        .or(() -> Optional.ofNullable(values.get("filename")))
        .map(ContentDisposition::lastPart)
        .filter(name -> !name.isEmpty());
  }

  /** Such as {@code UTF-8'en'%c2%a3%20rates.txt}. */
  private static Optional<String> extended(String value) {
    String[] parts = value.split("'", 3);
    if (parts.length < 3) {
      return Optional.empty();
    }
    Charset charset = charset(parts[0].toLowerCase(Locale.ROOT));
    return charset == null
        ? Optional.empty()
        : Optional.of(new String(Percent.octets(parts[2]), charset));
  }

  private static @Nullable Charset charset(String name) {
    return switch (name) {
      case "utf-8" -> UTF_8;
      case "iso-8859-1" -> ISO_8859_1;
      default -> null;
    };
  }

  /** Some servers name a path of theirs. */
  static String lastPart(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }
}
