package io.consigne.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The fields of a query string, or of a posted form of either kind ({@code
 * application/x-www-form-urlencoded}, {@code multipart/form-data}), in their order. A name may be
 * there several times; one without {@code =} is there with an empty value.
 */
public final class FormFields {
  private final List<Field> fields;

  private record Field(String name, String value) {}

  private FormFields(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /**
   * Reads what stands behind the question mark of a request's target.
   *
   * @throws OversizedBody if there are more than {@value HttpLimits#FORM_FIELDS} fields
   * @throws MalformedBody if an escape is not {@code %} and two hex digits, or the text not UTF-8
   */
  public static FormFields query(String text) throws MalformedBody {
    var fields = new ArrayList<Field>();
    for (int from = 0; from < text.length(); ) {
      int to = text.indexOf('&', from);
      to = to < 0 ? text.length() : to;
      if (to > from) {
        fields.add(field(text.substring(from, to)));
      }
      if (fields.size() > HttpLimits.FORM_FIELDS) {
        throw new OversizedBody("There are more than " + HttpLimits.FORM_FIELDS + " form fields");
      }
      from = to + 1;
    }
    return new FormFields(fields);
  }

  /**
   * Reads a whole body.
   *
   * @throws MalformedBody as {@link #query}
   */
  public static FormFields body(byte[] bytes) throws MalformedBody {
    return query(Utf8.decode(ByteBuffer.wrap(bytes), "The form"));
  }

  /**
   * Reads the plain fields of a body of several parts, and skips its files.
   *
   * @param fieldBytes how long a field may be
   * @throws OversizedBody if a field is longer
   * @throws MalformedBody as {@link Multipart#nextPart}, or if a field is not UTF-8
   * @throws IOException if the body cannot be read
   */
  public static FormFields parts(Multipart body, int fieldBytes) throws IOException {
    var fields = new ArrayList<Field>();
    for (Part part = body.nextPart(); part != null; part = body.nextPart()) {
      if (part.fileName().isEmpty()) {
        fields.add(new Field(part.name(), part.text(fieldBytes)));
      }
    }
    return new FormFields(fields);
  }

  /** The first value of that name, decoded. */
  public Optional<String> first(String name) {
    return values(name).findFirst();
  }

  /** All values of that name, decoded, in their order. */
  public List<String> all(String name) {
    return values(name).toList();
  }

  /** Whether there is a field of that name, with or without a value. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** The names of all fields, decoded, in their order, each as often as it is there. */
  public Stream<String> names() {
    return fields.stream().map(Field::name);
  }

  /**
   * The first name without a value, such as the link's id in {@code ?abc&auth=1&e=1}; with or
   * without {@code =} behind it, as some clients add one.
   */
  public Optional<String> bareName() {
    return fields.stream().filter(field -> field.value.isEmpty()).map(Field::name).findFirst();
  }

  private Stream<String> values(String name) {
    return fields.stream().filter(field -> field.name.equals(name)).map(Field::value);
  }

  private static Field field(String text) throws MalformedBody {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Field(decode(text), "")
        : new Field(decode(text.substring(0, equals)), decode(text.substring(equals + 1)));
  }

  private static String decode(String text) throws MalformedBody {
    var octets = new ByteArrayOutputStream(text.length());
    PercentCoding.decode(text.replace('+', ' '), octets);
    return Utf8.decode(ByteBuffer.wrap(octets.toByteArray()), "Form field " + text);
  }
}
