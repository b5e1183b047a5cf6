package io.consigne.client.standin;

import io.consigne.client.budget.Timing;
import io.consigne.hashes.Whirlpool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the stand-in keeps. */
public final class StandInFiles {
  private final Timing timing;
  private final Map<String, StoredFile> byId = new LinkedHashMap<>();
  private final Map<String, List<StoredFile>> reports = new LinkedHashMap<>();
  private final Map<Long, StoredFolder> folders = new TreeMap<>();
  private int next = 1;
  private boolean hashesLate;

  StandInFiles(Timing timing) {
    this.timing = timing;
  }

  /** Keeps a file, as if it had been uploaded; answers its link's id. */
  public synchronized String add(String name, byte[] bytes) {
    return store(0, name, bytes).id();
  }

  /** Makes a folder in the root that has as many files as are listed of one: 1, 2 and so on. */
  public synchronized void addFull(String name, int files) {
    long folder = makeFolder(0, name);
    for (int i = 1; i <= files; i++) {
      store(folder, Integer.toString(i), new byte[] {1});
    }
  }

  synchronized StoredFile store(long folder, String name, byte[] bytes) {
    String id = "f%019d".formatted(next++);
    var file = new StoredFile(id, folder, name, bytes, timing.now());
    byId.put(id, file);
    return file;
  }

  /** From now on listings and reports have no checksums. */
  public synchronized void hashesAreLate() {
    hashesLate = true;
  }

  synchronized String checksum(StoredFile file) {
    return hashesLate ? "" : whirlpool(file.bytes());
  }

  /** The names and contents of all files; those of one name are all there. */
  public synchronized Map<String, List<String>> contents() {
    var contents = new TreeMap<String, List<String>>();
    for (StoredFile file : byId.values()) {
      contents
          .computeIfAbsent(file.name(), _ -> new ArrayList<>())
          .add(new String(file.bytes(), StandardCharsets.ISO_8859_1));
    }
    return contents;
  }

  private record StoredFolder(long parent, String name) {}

  /** The names of all folders made, in order. */
  public synchronized List<String> folderNames() {
    return folders.values().stream().map(StoredFolder::name).toList();
  }

  synchronized List<StoredFile> in(long folder) {
    return byId.values().stream().filter(file -> file.folder() == folder).toList();
  }

  synchronized @Nullable StoredFile find(String id) {
    return byId.get(id);
  }

  synchronized boolean remove(String id) {
    return byId.remove(id) != null;
  }

  synchronized void report(String upload, List<StoredFile> files) {
    reports.put(upload, files);
  }

  synchronized @Nullable List<StoredFile> report(String upload) {
    return reports.get(upload);
  }

  synchronized long makeFolder(long parent, String name) {
    long id = 1000L + folders.size();
    folders.put(id, new StoredFolder(parent, name));
    return id;
  }

  /** The names of the folders of a folder, by id. */
  synchronized Map<Long, String> folders(long parent) {
    var names = new TreeMap<Long, String>();
    folders.forEach((id, folder) -> {
      if (folder.parent() == parent) {
        names.put(id, folder.name());
      }
    });
    return names;
  }

  private static String whirlpool(byte[] bytes) {
    var hash = new Whirlpool();
    hash.update(bytes, 0, bytes.length);
    return hash.hexDigest();
  }
}
