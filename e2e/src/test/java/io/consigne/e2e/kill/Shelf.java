package io.consigne.e2e.kill;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one client has on the host, in its own folder and in its own setting. Folders and files are
 * known by keys, which their names begin with, so that they can be renamed.
 *
 * @param folders by key, without the client's own folder
 * @param files by key
 * @param setting the value of the client's setting
 */
record Shelf(SortedMap<String, Folder> folders, SortedMap<String, Item> files, long setting) {
  /** The key of the client's own folder. */
  static final String TOP = "top";

  /** Copies the maps. */
  Shelf {
    folders = Collections.unmodifiableSortedMap(new TreeMap<>(folders));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** The key of what has this name. */
  static String key(String name) {
    return name.substring(0, name.indexOf('-'));
  }

  /** This, with some folders changed. */
  Shelf withFolders(Consumer<Map<String, Folder>> change) {
    var changed = new TreeMap<>(folders);
    change.accept(changed);
    return new Shelf(changed, files, setting);
  }

  /** This, with some files changed. */
  Shelf withFiles(Consumer<Map<String, Item>> change) {
    var changed = new TreeMap<>(files);
    change.accept(changed);
    return new Shelf(folders, changed, setting);
  }

  /** This, with another value of the setting. */
  Shelf withSetting(long value) {
    return new Shelf(folders, files, value);
  }

  /** Whether {@code folder} is {@code above} or below it. */
  boolean isWithin(String folder, String above) {
    for (String at = folder; !at.equals(TOP); at = folder(at).parent()) {
      if (at.equals(above)) {
        return true;
      }
    }
    return false;
  }

  private Folder folder(String key) {
    return Objects.requireNonNull(folders.get(key), key);
  }

  /** Whether a folder has neither files nor folders. */
  boolean isEmpty(String folder) {
    return folders.values().stream().noneMatch(each -> each.parent().equals(folder))
        && files.values().stream().noneMatch(each -> each.folder().equals(folder));
  }

  /** The bytes that the files are charged with. */
  long usedBytes() {
    return files.values().stream().mapToLong(Item::size).sum();
  }

  /**
   * A folder.
   *
   * @param name what it is called
   * @param parent the key of the folder that it is in
   */
  record Folder(String name, String parent) {}

  /**
   * A file.
   *
   * @param name what it is called
   * @param folder the key of the folder that it is in
   * @param sha256 what its bytes are
   * @param size how many
   * @param note what else the client set about it
   */
  record Item(String name, String folder, String sha256, long size, Note note) {
    /** A file as it is after an upload or a copy. */
    static Item plain(String name, String folder, String sha256, long size) {
      return new Item(name, folder, sha256, size, Note.NONE);
    }

    Item named(String newName) {
      return new Item(newName, folder, sha256, size, note);
    }

    Item in(String newFolder) {
      return new Item(name, newFolder, sha256, size, note);
    }

    Item with(Note newNote) {
      return new Item(name, folder, sha256, size, newNote);
    }
  }

  /**
   * What a client set about a file.
   *
   * @param description its description
   * @param locked whether it has a password, which is that of {@link #password}
   */
  record Note(String description, boolean locked) {
    static final Note NONE = new Note("", false);

    /** The only password that a file of this key ever gets. */
    static String password(String key) {
      return "the password of " + key;
    }
  }
}
