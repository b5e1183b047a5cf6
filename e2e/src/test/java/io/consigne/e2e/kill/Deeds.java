package io.consigne.e2e.kill;

import io.consigne.e2e.kill.Deed.NewFile;
import io.consigne.e2e.kill.Shelf.Folder;
import io.consigne.e2e.kill.Shelf.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Draws what a client does next. */
final class Deeds {
  private static final int MOST_FILES = 30;
  private static final int MOST_FOLDERS = 8;
  private static final int MOST_IN_ONE = 25;
  private static final int SHARED_CONTENTS = 60;

  private final Random random;
  private final Names names;
  private final String setting;
  private final FileDeeds files;

  /** Draws from {@code random}; {@code setting} is the client's own. */
  Deeds(Random random, Names names, String setting) {
    this.random = random;
    this.names = names;
    this.setting = setting;
    this.files = new FileDeeds(random, names);
  }

  /** The next deed of a client that has {@code shelf}. */
  Deed draw(Shelf shelf) {
    Optional<? extends Deed> drawn = Optional.empty();
    while (drawn.isEmpty()) {
      drawn = shelf.files().size() > MOST_FILES ? files.removal(shelf) : any(shelf);
    }
    return drawn.get();
  }

  private Optional<? extends Deed> any(Shelf shelf) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> Optional.of(posting(shelf, 1));
      case 5, 6 -> Optional.of(posting(shelf, 2 + random.nextInt(MOST_IN_ONE - 1)));
      case 7 -> Optional.of(brokenOff(shelf));
      case 8, 9 -> files.removal(shelf);
      case 10, 11 -> files.move(shelf);
      case 12, 13 -> files.rename(shelf);
      case 14 -> files.copy(shelf);
      case 15 -> files.note(shelf);
      case 16 -> newFolder(shelf);
      case 17 -> folderMove(shelf);
      case 18 -> folderRemoval(shelf);
      default -> Optional.of(newSetting(shelf));
    };
  }

  private Deed.Posting posting(Shelf shelf, int count) {
    String folder = folder(shelf);
    var sent = new ArrayList<NewFile>();
    for (int i = 0; i < count; i++) {
      sent.add(new NewFile(names.fresh("f") + ".bin", content(count)));
    }
    Shelf after =
        shelf.withFiles(changed ->
            sent.forEach(file ->
                changed.put(
                    Shelf.key(file.name()),
                    Item.plain(
                        file.name(),
                        folder,
                        file.content().sha256(),
                        file.content().bytes().length))));
    return new Deed.Posting(names.uploadId(), folder, List.copyOf(sent), after);
  }

  /** Half of the contents are those of other files of the account, or were. */
  private Content content(int count) {
    long number = random.nextBoolean() ? random.nextInt(SHARED_CONTENTS) : random.nextLong();
    return count == 1 ? Content.of(number) : Content.small(number);
  }

  private Deed brokenOff(Shelf shelf) {
    Deed.Posting posting = posting(shelf, 1 + random.nextInt(3));
    int bytes = posting.files().stream().mapToInt(file -> file.content().bytes().length).sum();
    return new Deed.BrokenOff(posting, random.nextInt(bytes + 1), shelf);
  }

  private Deed newSetting(Shelf shelf) {
    long value = (shelf.setting() + random.nextInt(998)) % 1000 + 1;
    return new Deed.Call(
        Deed.Kind.OTHER,
        "set " + setting + " to " + value,
        (wire, places) -> wire.call("user/info.cgi", Map.of(setting, value)),
        shelf.withSetting(value));
  }

  private Optional<Deed> newFolder(Shelf shelf) {
    if (shelf.folders().size() >= MOST_FOLDERS) {
      return Optional.empty();
    }
    String parent = folder(shelf);
    String name = names.fresh("d");
    String key = Shelf.key(name);
    return Optional.of(
        new Deed.Call(
            Deed.Kind.OTHER,
            "make folder " + name,
            (wire, places) ->
                places.folder(
                    key,
                    wire.call(
                            "folder/mkdir.cgi",
                            Map.of("name", name, "folder_id", places.folder(parent)))
                        .path("folder_id")
                        .asLong()),
            shelf.withFolders(changed -> changed.put(key, new Folder(name, parent)))));
  }

  /** Moves a folder with all that is in it, and renames it. */
  private Optional<Deed> folderMove(Shelf shelf) {
    String to = folder(shelf);
    return any(shelf.folders().keySet().stream().filter(key -> !shelf.isWithin(to, key)).toList())
        .map(key -> {
          String name = names.again(key);
          return new Deed.Call(
              Deed.Kind.MOVE,
              "move folder " + key + " into " + to + " as " + name,
              (wire, places) ->
                  wire.call(
                      "folder/mv.cgi",
                      Map.of(
                          "folder_id", places.folder(key),
                          "destination_folder_id", places.folder(to),
                          "rename", name)),
              shelf.withFolders(changed -> changed.put(key, new Folder(name, to))));
        });
  }

  private Optional<Deed> folderRemoval(Shelf shelf) {
    return any(shelf.folders().keySet().stream().filter(shelf::isEmpty).toList())
        .map(key ->
            new Deed.Call(
                Deed.Kind.REMOVAL,
                "remove folder " + key,
                (wire, places) ->
                    wire.call("folder/rm.cgi", Map.of("folder_id", places.folder(key))),
                shelf.withFolders(changed -> changed.remove(key))));
  }

  private String folder(Shelf shelf) {
    return any(List.copyOf(shelf.folders().keySet()))
        .filter(any -> random.nextInt(4) > 0)
        .orElse(Shelf.TOP);
  }

  private Optional<String> any(List<String> keys) {
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(random.nextInt(keys.size())));
  }
}
