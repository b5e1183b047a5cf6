package io.consigne.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An answer, whose body is still on its way.
 *
 * @param status of HTTP
 * @param headers by name
 * @param body to be read once; ends with an {@link IOException} if it is cut short
 */
public record WireAnswer(int status, HttpHeaders headers, InputStream body)
    implements AutoCloseable {
  /**
   * {@return a header's first value}
   *
   * @param name in any case of letters
   */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /**
   * {@return the body as UTF-8, cut where it is longer}
   *
   * @param mostBytes how much of it is read
   * @throws IOException if it breaks off
   */
  public String text(int mostBytes) throws IOException {
    return new String(body.readNBytes(mostBytes), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
