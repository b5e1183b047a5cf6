package io.consigne.e2e.kill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** By which ids and links the host knows what a client knows by keys. */
final class Places {
  private final Wire wire;
  private final Map<String, Long> folders = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  /** Knows the client's own folder. */
  Places(Wire wire, long top) {
    this.wire = wire;
    folders.put(Shelf.TOP, top);
  }

  /** Notes the id of a folder. */
  void folder(String key, long id) {
    folders.put(key, id);
  }

  /** The id of a folder. */
  long folder(String key) {
    return Objects.requireNonNull(folders.get(key), key);
  }

  /** Notes the link of a file. */
  void link(String key, String link) {
    links.put(key, link);
  }

  /** The link of a file, which the host is asked for when it is needed for the first time. */
  String link(String key) throws IOException {
    if (!links.containsKey(key)) {
      for (JsonNode file : wire.call("file/ls.cgi", Map.of("folder_id", -1)).path("items")) {
        link(Shelf.key(file.path("filename").asString()), file.path("url").asString());
      }
    }
    return Objects.requireNonNull(links.get(key), () -> key + " is not listed");
  }

  /** The links of files. */
  List<String> links(List<String> keys) throws IOException {
    var found = new ArrayList<String>();
    for (String key : keys) {
      found.add(link(key));
    }
    return found;
  }
}
