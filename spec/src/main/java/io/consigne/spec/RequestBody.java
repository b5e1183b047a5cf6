package io.consigne.spec;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The body of a request. */
public sealed interface RequestBody {
  /** The body, and its type unless the request's headers state one; empty for none. */
  Encoded encode(Bindings bindings);

  /** No body. */
  record None() implements RequestBody {
    @Override
    public Encoded encode(Bindings bindings) {
      return new Encoded("", "");
    }
  }

  /** Text as it stands. */
  record Text(Template text) implements RequestBody {
    @Override
    public Encoded encode(Bindings bindings) {
      return new Encoded("text/plain; charset=utf-8", text.render(bindings));
    }
  }

  /** JSON. */
  record Json(JsonPattern json) implements RequestBody {
    @Override
    public Encoded encode(Bindings bindings) {
      return new Encoded("application/json", json.render(bindings).toString());
    }
  }

  /** The fields of an HTML form, in order. */
  record Form(List<Field> fields) implements RequestBody {
    /** Copies. */
    public Form {
      fields = List.copyOf(fields);
    }

    @Override
    public Encoded encode(Bindings bindings) {
      String form =
          fields.stream()
              .flatMap(field -> Stream.generate(() -> field.encode(bindings)).limit(field.times()))
              .collect(Collectors.joining("&"));
      return new Encoded("application/x-www-form-urlencoded", form);
    }
  }

  /** A field of a form, so many times. */
  record Field(String name, Template value, int times) {
    String encode(Bindings bindings) {
      return URLEncoder.encode(name, StandardCharsets.UTF_8)
          + "="
          + URLEncoder.encode(value.render(bindings), StandardCharsets.UTF_8);
    }
  }

  /** Multipart form data, as rclone writes it. */
  record Parts(List<Part> parts) implements RequestBody {
    private static final String BOUNDARY = "XbOuNdX0123456789";

    /** Copies. */
    public Parts {
      parts = List.copyOf(parts);
    }

    @Override
    public Encoded encode(Bindings bindings) {
      var body = new StringBuilder();
      for (Part part : parts) {
        body.append("--").append(BOUNDARY).append("\r\n").append(part.encode(bindings));
      }
      body.append("--").append(BOUNDARY).append("--\r\n");
      return new Encoded("multipart/form-data; boundary=" + BOUNDARY, body.toString());
    }
  }

  /** One part; a file if it has a file name. */
  record Part(String name, @Nullable Template filename, Template text) {
    String encode(Bindings bindings) {
      var part = new StringBuilder("Content-Disposition: form-data; name=\"").append(name);
      if (filename != null) {
        String escaped = filename.render(bindings).replace("\\", "\\\\").replace("\"", "\\\"");
        part.append("\"; filename=\"").append(escaped);
        part.append("\"\r\nContent-Type: application/octet-stream");
      } else {
        part.append('"');
      }
      return part.append("\r\n\r\n").append(text.render(bindings)).append("\r\n").toString();
    }
  }

  /** A body, to be sent as UTF-8, with its content type, which is empty for none. */
  record Encoded(String contentType, String text) {}
}
