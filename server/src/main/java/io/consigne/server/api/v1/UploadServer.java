package io.consigne.server.api.v1;

import io.consigne.core.uploads.Uploads;
import io.consigne.server.http.Origin;

/**
 * {@code /v1/upload/get_upload_server.cgi}: where to upload to, and an id for it, without {@code
 * status} (reference: 1fichier-api, section 9.1). The id costs nothing until it is used.
 */
final class UploadServer implements OpenEndpoint {
  private final Uploads uploads;

  UploadServer(Uploads uploads) {
    this.uploads = uploads;
  }

  @Override
  public Endpoint.Answer call(Origin origin) {
    return json -> {
      json.writeStringProperty("url", origin.host());
      json.writeStringProperty("id", uploads.newId().value());
    };
  }
}
