package io.consigne.client.standin;

import io.consigne.client.budget.Timing;
import io.consigne.hashes.Whirlpool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the stand-in keeps. */
public final class StandInFiles {
  private final Timing timing;
  private final Map<String, StoredFile> byId = new LinkedHashMap<>();
  private final Map<String, List<StoredFile>> reports = new LinkedHashMap<>();
  private final StandInFolders folders;
  private int next = 1;
  private boolean hashesLate;
  private boolean damaging;
  private String passedOver = "";
  private Predicate<String> badName = _ -> false;
  private UnaryOperator<String> naming = name -> name;
  private UnaryOperator<String> renaming = name -> name;
  private Duration late = Duration.ZERO;
  private final Map<String, String> nodes = new HashMap<>();

  StandInFiles(Timing timing) {
    this.timing = timing;
    this.folders = new StandInFolders(timing);
  }

  /** What the files lie in. */
  StandInFolders folders() {
    return folders;
  }

  /** Keeps a file, as if it had been uploaded; answers its link's id. */
  public synchronized String add(String name, byte[] bytes) {
    return store(0, name, bytes).id();
  }

  /**
   * Makes a folder in the root that has as many files as one call lists: 1, 2 and so on. All came
   * in one second, so that they cannot be told apart by time.
   */
  public synchronized void addFull(String name, int files) {
    addFolder(name, Collections.nCopies(files, timing.now()));
  }

  /** Makes a folder of files that came at these times: 1, 2 and so on. Answers its id. */
  public synchronized long addFolder(String name, List<Instant> times) {
    long folder = folders.make(StandInFolders.ROOT, name);
    for (int i = 1; i <= times.size(); i++) {
      put(folder, Integer.toString(i), times.get(i - 1));
    }
    return folder;
  }

  /** Keeps a file of a folder that came at a time. */
  public synchronized void put(long folder, String name, Instant time) {
    StoredFile file = store(folder, name, new byte[] {1});
    byId.put(file.id(), file.at(time));
  }

  /** Somebody moves a file into a folder. */
  public synchronized void move(String link, long folder) {
    StoredFile file = Objects.requireNonNull(find(link.substring(link.indexOf('?') + 1)));
    keep(file.in(folder));
  }

  /** From now on the bytes of a file come from another node, such as {@code 127.0.0.1:9}. */
  public synchronized void moveTo(String node, String id) {
    nodes.put(id, node);
  }

  synchronized Optional<String> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  synchronized StoredFile store(long folder, String name, byte[] bytes) {
    if (damaging) {
      bytes[0] ^= 1;
    }
    String id = "f%019d".formatted(next++);
    var file = new StoredFile(id, folder, naming.apply(name), bytes, timing.now(), Map.of());
    byId.put(id, file);
    return file;
  }

  /** From now on listings have a file so long after it was stored. */
  public synchronized void listingsAreLate(Duration time) {
    late = time;
  }

  /** From now on a byte of what is stored is another than was sent. */
  public synchronized void storeOtherBytes(boolean others) {
    damaging = others;
  }

  /** From now on listings and reports have no checksums. */
  public synchronized void hashesAreLate() {
    hashesLate = true;
  }

  /** From now on files get other names, when they are stored and when they are renamed. */
  public synchronized void nameOtherwise(
      UnaryOperator<String> stored, UnaryOperator<String> named) {
    naming = stored;
    renaming = named;
  }

  synchronized String renamed(String name) {
    return renaming.apply(name);
  }

  /** From now on an upload with such a name is refused whole. */
  public synchronized void refuseNames(Predicate<String> bad) {
    badName = bad;
  }

  /** From now on calls that change files pass over those of a name, and do not say so. */
  public synchronized void passOver(String name) {
    passedOver = name;
  }

  synchronized boolean isPassedOver(StoredFile file) {
    return file.name().equals(passedOver);
  }

  synchronized boolean isRefused(String name) {
    return badName.test(name);
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

  /** The names of all folders, in the order in which they were made. */
  public synchronized List<String> folderNames() {
    return folders.all().stream().map(StoredFolder::name).toList();
  }

  /**
   * A line for each folder and each file, sorted: its path, then what is shared or said of it. A
   * file's content is shown as Latin-1.
   */
  public synchronized List<String> tree() {
    var lines = new ArrayList<String>();
    for (StoredFolder folder : folders.all()) {
      StoredFolder.Sharing sharing = folder.sharing();
      String address = sharing.token() == null ? "" : " public " + sharing.password();
      String guests = sharing.guests().isEmpty() ? "" : " " + sharing.guests();
      lines.add(folders.path(folder.id()) + address + guests);
    }
    for (StoredFile file : byId.values()) {
      String content = new String(file.bytes(), StandardCharsets.ISO_8859_1);
      String marks = file.marks().isEmpty() ? "" : " " + new TreeMap<>(file.marks());
      lines.add(folders.path(file.folder()) + file.name() + " = " + content + marks);
    }
    lines.sort(null);
    return lines;
  }

  synchronized List<StoredFile> in(long folder) {
    return byId.values().stream().filter(file -> file.folder() == folder).toList();
  }

  /** What listings of a folder have. */
  synchronized List<StoredFile> listed(long folder) {
    Instant until = timing.now().minus(late);
    return late.isZero()
        ? in(folder)
        : in(folder).stream().filter(file -> !file.stored().isAfter(until)).toList();
  }

  synchronized List<StoredFile> all() {
    return List.copyOf(byId.values());
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

  /** Keeps a file that has changed. */
  synchronized void keep(StoredFile file) {
    byId.put(file.id(), file);
  }

  private static String whirlpool(byte[] bytes) {
    var hash = new Whirlpool();
    hash.update(bytes, 0, bytes.length);
    return hash.hexDigest();
  }
}
