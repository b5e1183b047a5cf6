package io.consigne.server.api.v1;

import io.consigne.core.tree.FileName;
import io.consigne.server.http.Origin;

/** {@code /v1/capabilities.cgi}: what this host offers beyond the 1fichier API, for clients. */
final class Capabilities implements OpenEndpoint {
  @Override
  public Endpoint.Answer call(Origin origin) {
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeStringProperty("server", "consigne");
      json.writeNumberProperty("version", 1);
      json.writeArrayPropertyStart("features");
      for (String feature :
          new String[] {
            "empty-files", "sha256", "upload-mtime", "full-listing", "listing-paths", "http-status"
          }) {
        json.writeString(feature);
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("hashes");
      json.writeString("whirlpool");
      json.writeString("sha256");
      json.writeEndArray();
      json.writeNumberProperty("name_max", FileName.MAX_LENGTH);
      json.writeNumberProperty("json_body_max", WireLimits.JSON_BODY_BYTES);
    };
  }
}
