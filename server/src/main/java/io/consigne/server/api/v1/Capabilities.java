package io.consigne.server.api.v1;

import io.consigne.core.tree.TreeLimits;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /v1/capabilities.cgi}: what this host offers beyond the 1fichier API, for clients. It says
 * what program the host is, so a key is needed.
 */
final class Capabilities implements Endpoint {
  private static final List<String> FEATURES =
      List.of(
          "empty-files",
          "sha256",
          "upload-mtime",
          "full-listing",
          "listing-paths",
          "http-status",
          "remote-progress",
          "webhooks",
          "link-expiry",
          "public-below");
  private static final List<String> HASHES = List.of("whirlpool", "sha256");

  @Override
  public Answer call(Call call) {
    return json -> {
      Answer.ok(json);
      json.writeStringProperty("server", "consigne");
      json.writeNumberProperty("version", 1);
      list(json, "features", FEATURES);
      list(json, "hashes", HASHES);
      json.writeNumberProperty("name_max", TreeLimits.FILE_NAME_LENGTH);
      json.writeNumberProperty("json_body_max", WireLimits.JSON_BODY_BYTES);
    };
  }

  private static void list(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
