package io.consigne.e2e.kill;

import io.consigne.e2e.kill.Shelf.Folder;
import io.consigne.e2e.kill.Shelf.Item;
import io.consigne.e2e.kill.Shelf.Note;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a host says that a client has.
 *
 * @param shelf what it has
 * @param places by which ids and links
 */
record Look(Shelf shelf, Places places) {

  /** Asks for all that is below {@code top}, and for the setting. */
  static Look at(Wire wire, long top, String setting) throws IOException {
    var places = new Places(wire, top);
    var folders = new TreeMap<String, Folder>();
    var keys = new HashMap<Long, String>(Map.of(top, Shelf.TOP));
    addFolders(wire, top, keys, folders);
    keys.forEach((id, key) -> places.folder(key, id));
    var files = new TreeMap<String, Item>();
    for (JsonNode file : wire.call("file/ls.cgi", Map.of("folder_id", -1)).path("items")) {
      String folder = keys.get(file.path("folder_id").asLong());
      if (folder != null) {
        String key = Shelf.key(file.path("filename").asString());
        places.link(key, file.path("url").asString());
        if (files.put(key, item(wire, file, folder)) != null) {
          throw new AssertionError(key + " is there twice");
        }
      }
    }
    long value = wire.call("user/info.cgi", Map.of()).path(setting).asLong();
    return new Look(new Shelf(folders, files, value), places);
  }

  private static void addFolders(
      Wire wire, long parent, Map<Long, String> keys, Map<String, Folder> folders)
      throws IOException {
    JsonNode view = wire.call("folder/ls.cgi", Map.of("folder_id", parent));
    for (JsonNode folder : view.path("sub_folders")) {
      String name = folder.path("name").asString();
      long id = folder.path("id").asLong();
      keys.put(id, Shelf.key(name));
      folders.put(Shelf.key(name), new Folder(name, keys.getOrDefault(parent, "")));
      addFolders(wire, id, keys, folders);
    }
  }

  private static Item item(Wire wire, JsonNode file, String folder) throws IOException {
    String link = file.path("url").asString();
    JsonNode info = wire.call("file/info.cgi", Map.of("url", link));
    return new Item(
        file.path("filename").asString(),
        folder,
        file.path("sha256").asString(),
        file.path("size").asLong(),
        new Note(info.path("description").asString(), info.path("pass").asInt() == 1));
  }
}
