package io.consigne.spec;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the body of an answer must say. */
public sealed interface ResponseBody {
  /** The content type that goes with it; empty if none does. */
  String contentType();

  /** How the answer's body differs from this one; empty if it does not. */
  List<String> differences(Answer actual, Bindings bindings);

  /** A body of this kind. */
  String example(Bindings bindings);

  /** Anything. */
  record Any() implements ResponseBody {
    @Override
    public String contentType() {
      return "";
    }

    @Override
    public List<String> differences(Answer actual, Bindings bindings) {
      return List.of();
    }

    @Override
    public String example(Bindings bindings) {
      return "";
    }
  }

  /** JSON, told as such. */
  record Json(JsonPattern json) implements ResponseBody {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Override
    public String contentType() {
      return "application/json; charset=utf-8";
    }

    @Override
    public List<String> differences(Answer actual, Bindings bindings) {
      String type = actual.header("Content-Type").orElse("");
      if (!type.equals(contentType())) {
        return List.of("not JSON but " + type + ": " + actual.body());
      }
      try {
        return json.differences(MAPPER.readTree(actual.body()), bindings).stream()
            .map(difference -> difference + " in " + actual.body())
            .toList();
      } catch (JacksonException e) {
        return List.of("not JSON: " + actual.body());
      }
    }

    @Override
    public String example(Bindings bindings) {
      return json.example(bindings).toString();
    }
  }

  /** Exactly this text. */
  record Text(Template text) implements ResponseBody {
    @Override
    public String contentType() {
      return "text/plain; charset=utf-8";
    }

    @Override
    public List<String> differences(Answer actual, Bindings bindings) {
      String body = actual.body();
      return text.matches(body, bindings)
          ? List.of()
          : List.of("body: expected " + text + " but was " + body);
    }

    @Override
    public String example(Bindings bindings) {
      return text.example(bindings);
    }
  }

  /** A page for people, that contains these texts. */
  record Page(List<Template> contains) implements ResponseBody {
    /** Copies. */
    public Page {
      contains = List.copyOf(contains);
    }

    @Override
    public String contentType() {
      return "text/html; charset=utf-8";
    }

    @Override
    public List<String> differences(Answer actual, Bindings bindings) {
      String type = actual.header("Content-Type").orElse("");
      if (!type.equals(contentType())) {
        return List.of("no page but " + type + ": " + actual.body());
      }
      String page = actual.body();
      return contains.stream()
          .filter(part -> !part.isIn(page, bindings))
          .map(part -> "body: expected " + part + " in " + page)
          .toList();
    }

    @Override
    public String example(Bindings bindings) {
      return contains.stream()
          .map(part -> part.example(bindings))
          .collect(Collectors.joining("\n"));
    }
  }
}
