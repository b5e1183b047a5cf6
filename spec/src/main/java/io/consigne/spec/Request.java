package io.consigne.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of a scenario.
 *
 * @param method of HTTP
 * @param target path and query
 * @param headers by name; null for one that must not be sent although the body would bring it
 * @param body what is sent
 */
public record Request(
    String method, Template target, Map<String, @Nullable Template> headers, RequestBody body) {
  private static final String CONTENT_TYPE = "Content-Type";

  /** Copies the headers. */
  public Request {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * The headers to send, that of the body's type included.
   *
   * @throws IllegalStateException if a placeholder has no value yet
   */
  public Map<String, String> headers(Bindings bindings) {
    var sent = new LinkedHashMap<String, String>();
    String type = body.encode(bindings).contentType();
    if (!type.isEmpty() && !headers.containsKey(CONTENT_TYPE)) {
      sent.put(CONTENT_TYPE, type);
    }
    headers.forEach((name, value) -> {
      if (value != null) {
        sent.put(name, value.render(bindings));
      }
    });
    return sent;
  }
}
