package io.consigne.server.api.v1;

import io.consigne.core.uploads.Uploads;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import java.io.IOException;
import java.util.List;

/**
 * {@code /v1/upload/get_upload_server.cgi}: where to upload to, and an id for it, without {@code
 * status} (reference: 1fichier-api, section 9.1). The id costs nothing until it is used.
 */
final class UploadServer implements Handler {
  /** Its path behind {@code /v1/}. */
  static final String PATH = "upload/get_upload_server.cgi";

  private final Uploads uploads;

  UploadServer(Uploads uploads) {
    this.uploads = uploads;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String method = exchange.method();
    if (method.equals("HEAD") || method.equals("GET") || method.equals("POST")) {
      if (V1.isJson(exchange)) {
        answer(exchange);
      } else {
        JsonAnswer.refuse(exchange, Refusal.NOT_JSON);
      }
    } else {
      V1.refuse(exchange, List.of("GET", "POST"));
    }
  }

  private void answer(Exchange exchange) throws IOException {
    JsonRequest body = JsonRequest.parse(JsonBodies.small(exchange));
    String host = exchange.origin().host();
    JsonAnswer.send(
        exchange,
        body,
        json -> {
          json.writeStringProperty("url", host);
          json.writeStringProperty("id", uploads.newId().value());
        });
  }
}
