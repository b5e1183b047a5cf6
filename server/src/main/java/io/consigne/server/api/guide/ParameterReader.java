package io.consigne.server.api.guide;

import io.consigne.core.failure.Failure;
import io.consigne.server.http.Boundary;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.FormFields;
import io.consigne.server.http.JsonReader;
import io.consigne.server.http.MalformedBody;
import io.consigne.server.http.Multipart;
import io.consigne.server.http.MultipartLimits;
import io.consigne.server.http.OversizedBody;
import io.consigne.server.http.Part;
import io.consigne.server.limits.Gate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads parameters out of the places where they may stand. No message shows what was in one. */
final class ParameterReader {
  static final MultipartLimits PARTS =
      new MultipartLimits(GuideLimits.PARTS, GuideLimits.PART_HEADER_BYTES);

  private static final JsonReader JSON =
      new JsonReader(GuideLimits.JSON_DEPTH, GuideLimits.JSON_TOKENS);

  private ParameterReader() {}

  /**
   * What stands in the address.
   *
   * @throws MalformedBody if it is not as forms are written
   */
  static Parameters query(Exchange exchange) throws MalformedBody {
    try {
      return form(FormFields.query(exchange.query()));
    } catch (MalformedBody e) {
      throw new MalformedBody("The query string is not as a form is written");
    }
  }

  /**
   * What stands in the body: a JSON object, a form, or a form of several parts.
   *
   * @throws MalformedBody if the body is not as its type says
   * @throws io.consigne.core.failure.FailureException {@code TooLarge}; {@code Invalid} if it is
   *     none of these
   */
  static Parameters body(Exchange exchange, Gate gate) throws IOException {
    byte[] body = gate.body(exchange, GuideLimits.BODY_BYTES + 1, GuideLimits.BODY_TIME);
    if (body.length > GuideLimits.BODY_BYTES) {
      throw new Failure.TooLarge("body", body.length, GuideLimits.BODY_BYTES).asException();
    }
    return body(exchange.header("Content-Type").orElse(""), body);
  }

  private static Parameters body(String type, byte[] body) throws IOException {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (isMultipart(type)) {
      var fields = new Parameters();
      Multipart parts = parts(type, body);
      for (Part part = parts.nextPart(); part != null; part = parts.nextPart()) {
        field(part, fields);
      }
      return fields;
    }
    if (text.startsWith("{")) {
      return json(body);
    }
    if (!text.isEmpty() && isForm(type)) {
      try {
        return form(FormFields.body(body));
      } catch (MalformedBody e) {
        throw new MalformedBody("The body is not as a form is written");
      }
    }
    throw new Failure.Invalid("body", "", "must be a JSON object, {} at least").asException();
  }

  /** Whether the content type is that of an upload. */
  static boolean isMultipart(String type) {
    return Boundary.isAnnouncedBy(type);
  }

  private static boolean isForm(String type) {
    String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return plain.equals("application/x-www-form-urlencoded");
  }

  private static Multipart parts(String type, byte[] body) throws MalformedBody {
    return new Multipart(
        new ByteArrayInputStream(body),
        Boundary.ofContentType(type),
        new byte[GuideLimits.UPLOAD_BUFFER_BYTES],
        PARTS);
  }

  /**
   * Reads a plain field; a file is none.
   *
   * @throws OversizedBody if it is too large, or all are together: nobody is charged for them
   */
  static void field(Part part, Parameters into) throws IOException {
    if (part.fileName().isEmpty()) {
      into.add(part.name(), part.text(GuideLimits.FIELD_BYTES));
      if (into.length() > GuideLimits.FIELDS_LENGTH) {
        throw new OversizedBody(
            "All fields together are larger than " + GuideLimits.FIELDS_LENGTH + " bytes");
      }
    }
  }

  /**
   * Reads the plain fields before the first file.
   *
   * @return the first file, null if there is none
   */
  static @Nullable Part fieldsBeforeFiles(Multipart body, Parameters into) throws IOException {
    Part part = body.nextPart();
    while (part != null && part.fileName().isEmpty()) {
      field(part, into);
      part = body.nextPart();
    }
    return part;
  }

  /** Whether the first part of a multipart body is plainly a file of that field: cheap to tell. */
  static boolean beginsWithFile(byte[] begin, String field) {
    int length = Math.min(begin.length, GuideLimits.FIRST_HEADERS_BYTES);
    String text = new String(begin, 0, length, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end >= 0 && text.substring(0, end).contains("; name=\"" + field + "\"; filename=\"");
  }

  /** What the beginning of a body says, as far as it can be read. */
  static Beginning beginning(String type, byte[] begin) {
    var fields = new Parameters();
    String file = null;
    try {
      if (isMultipart(type)) {
        Part first = fieldsBeforeFiles(parts(type, begin), fields);
        file = first == null ? null : first.name();
      } else {
        fields.addAll(body(type, begin));
      }
    } catch (IOException | io.consigne.core.failure.FailureException e) {
      return new Beginning(fields, null);
    }
    return new Beginning(fields, file);
  }

  private static Parameters form(FormFields form) {
    var parameters = new Parameters();
    form.names()
        .distinct()
        .forEach(name -> form.all(name).forEach(value -> parameters.add(name, value)));
    return parameters;
  }

  private static Parameters json(byte[] body) throws MalformedBody {
    var parameters = new Parameters();
    for (Map.Entry<String, JsonNode> member : JSON.read(body).properties()) {
      JsonNode value = member.getValue();
      if (value.isArray()) {
        value.forEach(element -> parameters.add(member.getKey(), scalar(member.getKey(), element)));
      } else {
        parameters.add(member.getKey(), scalar(member.getKey(), value));
      }
    }
    return parameters;
  }

  private static String scalar(String name, JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    if (value.isObject() || value.isArray()) {
      throw new Failure.Invalid(name, "", "must be a text or a number").asException();
    }
    String text = value.asString();
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new Failure.Invalid(name, "", "must be whole Unicode characters").asException();
    }
    return text;
  }

  /**
   * What the beginning of a body says.
   *
   * @param fields before the first file
   * @param fileFieldOrNull how the first file's field is called, null if none was found
   */
  record Beginning(Parameters fields, @Nullable String fileFieldOrNull) {}
}
