package io.consigne.client.transport;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request.
 *
 * @param method of HTTP
 * @param uri where to
 * @param headers by name; may hold a key, so they are not shown
 * @param body what is sent
 */
public record WireRequest(String method, URI uri, Map<String, String> headers, WireBody body) {
  /** Copies. */
  public WireRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * {@return a request without a body}
   *
   * @param uri where to
   */
  public static WireRequest get(URI uri) {
    return new WireRequest("GET", uri, Map.of(), WireBody.NONE);
  }

  /**
   * {@return a request with a body}
   *
   * @param uri where to
   * @param body what
   */
  public static WireRequest post(URI uri, WireBody body) {
    return new WireRequest("POST", uri, Map.of(), body);
  }

  /**
   * {@return the same with one more header}
   *
   * @param name of the header
   * @param value without line ends
   */
  public WireRequest with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new WireRequest(method, uri, more, body);
  }

  @Override
  public String toString() {
    return method + " " + uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
