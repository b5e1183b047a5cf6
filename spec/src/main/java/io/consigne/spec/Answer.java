package io.consigne.spec;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP answer as it came or will go over the wire.
 *
 * @param status the HTTP status
 * @param headers by name, whose case does not count; one value each
 * @param body the bytes, as UTF-8
 */
public record Answer(int status, Map<String, String> headers, String body) {
  /** Copies the headers. */
  public Answer {
    var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = copy;
  }

  /** The value of a header; spaces around the semicolons of a content type mean nothing. */
  public Optional<String> header(String name) {
    Optional<String> value = Optional.ofNullable(headers.get(name));
    return name.equalsIgnoreCase("Content-Type")
        ? value.map(type -> type.replaceAll("\\s*;\\s*", "; "))
        : value;
  }
}
