package io.consigne.e2e.rot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * What a client got, be it whole or not.
 *
 * @param status of the answer; 0 if there was none
 * @param received the bytes of its body
 * @param whole whether it came to its end
 */
record Download(int status, Bytes received, boolean whole) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Asks for a whole file. */
  static Download of(String address) {
    return send(HttpRequest.newBuilder(URI.create(address)));
  }

  /** Asks for the bytes {@code from} to {@code to}, exclusive. */
  static Download of(String address, long from, long to) {
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Range", "bytes=" + from + "-" + (to - 1)));
  }

  private static Download send(HttpRequest.Builder request) {
    var received = new ByteArrayOutputStream();
    int status = 0;
    try {
      HttpResponse<InputStream> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      status = answer.statusCode();
      try (InputStream body = answer.body()) {
        body.transferTo(received);
      }
      return new Download(status, new Bytes(received.toByteArray()), true);
    } catch (IOException e) {
      return new Download(status, new Bytes(received.toByteArray()), false);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
