package io.consigne.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a request must get.
 *
 * @param status of HTTP
 * @param headers that must be there, by name; null for one that must not
 * @param body what it must say
 */
public record Response(int status, Map<String, @Nullable Template> headers, ResponseBody body) {
  /** Copies the headers. */
  public Response {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** How an answer differs from this one; empty if it does not. */
  public List<String> differences(Answer actual, Bindings bindings) {
    var differences = new ArrayList<String>();
    if (actual.status() != status) {
      differences.add("status: expected " + status + " but was " + actual.status());
    }
    headers.forEach((name, expected) -> {
      String value = actual.header(name).orElse(null);
      if (!sameHeader(expected, value, bindings)) {
        differences.add(name + ": expected " + expected + " but was " + value);
      }
    });
    differences.addAll(body.differences(actual, bindings));
    return differences;
  }

  private static boolean sameHeader(
      @Nullable Template expected, @Nullable String actual, Bindings bindings) {
    if (expected == null || actual == null) {
      return expected == null && actual == null;
    }
    return expected.matches(actual, bindings);
  }

  /** An answer of this kind: with the values of its placeholders, and examples for the others. */
  public Answer example(Bindings bindings) {
    var sent = new LinkedHashMap<String, String>();
    if (!body.contentType().isEmpty()) {
      sent.put("Content-Type", body.contentType());
    }
    headers.forEach((name, value) -> {
      if (value != null) {
        sent.put(name, value.example(bindings));
      }
    });
    return new Answer(status, sent, body.example(bindings));
  }
}
