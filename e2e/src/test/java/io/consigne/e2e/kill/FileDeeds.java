package io.consigne.e2e.kill;

import io.consigne.e2e.kill.Shelf.Item;
import io.consigne.e2e.kill.Shelf.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Draws what a client does with files that it has. */
final class FileDeeds {
  private static final int MOST_MOVED = 3;
  private static final int MOST_REMOVED = 12;
  private static final int MOST_LOCKED = 2;

  private final Random random;
  private final Names names;

  FileDeeds(Random random, Names names) {
    this.random = random;
    this.names = names;
  }

  Optional<Deed> removal(Shelf shelf) {
    List<String> keys = some(shelf, MOST_REMOVED);
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Deed.Call(
                Deed.Kind.REMOVAL,
                "remove " + keys,
                (wire, places) -> {
                  var urls = new ArrayList<Map<String, String>>();
                  for (String link : places.links(keys)) {
                    urls.add(Map.of("url", link));
                  }
                  wire.call("file/rm.cgi", Map.of("files", urls));
                },
                shelf.withFiles(files -> keys.forEach(files::remove))));
  }

  Optional<Deed> move(Shelf shelf) {
    List<String> folders = new ArrayList<>(shelf.folders().keySet());
    folders.add(Shelf.TOP);
    String to = folders.get(random.nextInt(folders.size()));
    List<String> keys =
        some(shelf, MOST_MOVED).stream()
            .filter(key -> !item(shelf, key).folder().equals(to))
            .toList();
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Deed.Call(
                Deed.Kind.MOVE,
                "move " + keys + " into " + to,
                (wire, places) ->
                    wire.call(
                        "file/mv.cgi",
                        Map.of(
                            "urls", places.links(keys),
                            "destination_folder_id", places.folder(to))),
                shelf.withFiles(
                    files -> keys.forEach(key -> files.put(key, item(shelf, key).in(to))))));
  }

  Optional<Deed> rename(Shelf shelf) {
    return some(shelf, 1).stream()
        .findFirst()
        .map(key -> {
          String name = names.again(key) + ".renamed";
          return new Deed.Call(
              Deed.Kind.MOVE,
              "rename " + key + " to " + name,
              (wire, places) ->
                  wire.call(
                      "file/rename.cgi",
                      Map.of("urls", List.of(Map.of("url", places.link(key), "filename", name)))),
              shelf.withFiles(files -> files.put(key, item(shelf, key).named(name))));
        });
  }

  Optional<Deed> copy(Shelf shelf) {
    return some(shelf, 1).stream().findFirst().map(key -> copy(shelf, key));
  }

  private Deed copy(Shelf shelf, String key) {
    Item source = item(shelf, key);
    String name = names.fresh("f") + ".copy";
    return new Deed.Call(
        Deed.Kind.OTHER,
        "copy " + key + " to " + name,
        (wire, places) -> {
          JsonNode answer =
              wire.call(
                  "file/cp.cgi",
                  Map.of(
                      "urls", List.of(places.link(key)),
                      "folder_id", places.folder(source.folder()),
                      "rename", name));
          places.link(Shelf.key(name), answer.path("urls").path(0).path("to_url").asString());
        },
        shelf.withFiles(files ->
            files.put(
                Shelf.key(name),
                Item.plain(name, source.folder(), source.sha256(), source.size()))));
  }

  /** A description, and now and then a password or none. */
  Optional<Deed> note(Shelf shelf) {
    return some(shelf, 1).stream().findFirst().map(key -> note(shelf, key));
  }

  private Deed note(Shelf shelf, String key) {
    long locked = shelf.files().values().stream().filter(each -> each.note().locked()).count();
    boolean lock = locked < MOST_LOCKED && random.nextInt(3) == 0;
    Note note = new Note("described as " + names.again(key), lock);
    return new Deed.Call(
        Deed.Kind.OTHER,
        "describe " + key + " by " + note,
        (wire, places) -> describe(wire, places.link(key), key, note),
        shelf.withFiles(files -> files.put(key, item(shelf, key).with(note))));
  }

  private static void describe(Wire wire, String link, String key, Note note) throws IOException {
    wire.call(
        "file/chattr.cgi",
        Map.of(
            "urls",
            List.of(link),
            "description",
            note.description(),
            "pass",
            note.locked() ? Note.password(key) : ""));
  }

  private List<String> some(Shelf shelf, int most) {
    List<String> keys = new ArrayList<>(shelf.files().keySet());
    Collections.shuffle(keys, random);
    return List.copyOf(keys.subList(0, Math.min(keys.size(), 1 + random.nextInt(most))));
  }

  private static Item item(Shelf shelf, String key) {
    return Objects.requireNonNull(shelf.files().get(key));
  }
}
