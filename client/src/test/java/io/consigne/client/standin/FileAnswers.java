package io.consigne.client.standin;

import io.consigne.client.standin.RawHttp.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The calls {@code file/…} (reference: 1fichier-api, 6). Of several files those are dealt with that
 * are there; a call fails if none is, or if none of them becomes another.
 */
final class FileAnswers {
  private static final List<String> MARKS =
      List.of("description", "pass", "no_ssl", "inline", "cdn", "acl");

  private static final long NOWHERE = -1;

  /** Files that one call tells. */
  private static final int LISTED = 5_000;

  private final StandInFiles files;

  FileAnswers(StandInFiles files) {
    this.files = files;
  }

  static String url(StoredFile file) {
    return "https://1fichier.com/?" + file.id();
  }

  Reply list(JsonNode body) {
    long folder = body.path("folder_id").asLong(StandInFolders.ROOT);
    List<StoredFile> found =
        (folder == -1 ? files.all() : files.listed(folder))
            .stream().filter(file -> isWithin(file, body)).toList();
    return folder != -1 && files.folders().find(folder) == null
        ? Told.missing()
        : Told.ok(Map.of("status", "OK", "count", found.size(), "items", items(found)));
  }

  /** The ends of a span do not belong to it, so that a client must not leave gaps. */
  private static boolean isWithin(StoredFile file, JsonNode body) {
    String date = Told.date(file.stored());
    String after = body.path("sent_after").asString("");
    String before = body.path("sent_before").asString("");
    return date.compareTo(after) > 0 && (before.isEmpty() || date.compareTo(before) < 0);
  }

  /** No more than are told by one call: those with the highest ids. */
  List<Map<String, Object>> items(List<StoredFile> found) {
    return found.stream().skip(Math.max(0, found.size() - LISTED)).map(this::item).toList();
  }

  private Map<String, Object> item(StoredFile file) {
    var item = new LinkedHashMap<String, Object>();
    item.put("url", url(file));
    item.put("filename", file.name());
    item.put("size", file.bytes().length);
    item.put("date", Told.date(file.stored()));
    item.put("checksum", files.checksum(file));
    item.put("pass", isLocked(file) ? 1 : 0);
    item.put("acl", hasRules(file) ? 1 : 0);
    return item;
  }

  static boolean isLocked(StoredFile file) {
    return !file.marks().getOrDefault("pass", "\"\"").equals("\"\"");
  }

  static boolean hasRules(StoredFile file) {
    return !file.marks().getOrDefault("acl", "{}").equals("{}");
  }

  Reply info(JsonNode body) {
    StoredFile file = files.find(Told.id(body.path("url")));
    if (file == null) {
      return Told.missing();
    }
    Map<String, Object> item = item(file);
    item.put("folder_id", file.folder());
    item.put("path", files.folders().path(file.folder()).replaceAll("^/|/$", ""));
    item.remove("acl");
    file.marks()
        .forEach((name, value) -> {
          if (!name.equals("pass")) {
            item.put(name, Told.value(value));
          }
        });
    return Told.ok(item);
  }

  Reply remove(JsonNode body) {
    List<StoredFile> found = found(Told.each(body.path("files")).map(file -> file.path("url")));
    found.forEach(file -> files.remove(file.id()));
    return found.isEmpty() ? Told.missing() : done("removed", found);
  }

  /** A target must be named: that of nothing is none. */
  Reply move(JsonNode body) {
    long target = body.path("destination_folder_id").asLong(NOWHERE);
    List<StoredFile> found = found(Told.each(body.path("urls")));
    if (found.isEmpty() || files.folders().find(target) == null) {
      return Told.missing();
    }
    String name = body.path("rename").asString("");
    List<StoredFile> moved =
        changed(found, file -> (name.isEmpty() ? file : file.called(name)).in(target));
    return moved.isEmpty() ? Told.notRenamed() : done("moved", moved);
  }

  Reply rename(JsonNode body) {
    var renamed = new ArrayList<Map<String, String>>();
    boolean found = false;
    for (JsonNode entry : body.path("urls")) {
      StoredFile file = files.find(Told.id(entry.path("url")));
      String name = files.renamed(entry.path("filename").asString());
      found |= file != null;
      if (file != null && !file.name().equals(name) && !files.isPassedOver(file)) {
        files.keep(file.called(name));
        renamed.add(Map.of("url", url(file), "old_filename", file.name(), "new_filename", name));
      }
    }
    if (renamed.isEmpty()) {
      return found ? Told.notRenamed() : Told.missing();
    }
    return Told.ok(Map.of("status", "OK", "renamed", renamed.size(), "urls", renamed));
  }

  /** Each call makes copies, whatever there is already. */
  Reply copy(JsonNode body) {
    long target = body.path("folder_id").asLong(StandInFolders.ROOT);
    List<StoredFile> found = found(Told.each(body.path("urls")));
    if (found.isEmpty() || files.folders().find(target) == null) {
      return Told.missing();
    }
    List<Map<String, String>> copies =
        found.stream()
            .map(file ->
                Map.of(
                    "from_url",
                    url(file),
                    "to_url",
                    url(
                        files.store(
                            target, body.path("rename").asString(file.name()), file.bytes()))))
            .toList();
    return Told.ok(Map.of("status", "OK", "copied", copies.size(), "urls", copies));
  }

  Reply change(JsonNode body) {
    List<StoredFile> found = found(Told.each(body.path("urls")));
    var marks = new TreeMap<String, String>();
    for (String mark : MARKS) {
      if (body.hasNonNull(mark)) {
        marks.put(mark, Told.text(body.path(mark)));
      }
    }
    String name = body.path("filename").asString("");
    List<StoredFile> updated =
        changed(found, file -> (name.isEmpty() ? file : file.called(name)).marked(marks));
    if (updated.isEmpty()) {
      return found.isEmpty() ? Told.missing() : Told.ko(403, "No changes requested");
    }
    return done("updated", updated);
  }

  private List<StoredFile> found(Stream<JsonNode> links) {
    return links
        .map(link -> files.find(Told.id(link)))
        .filter(Objects::nonNull)
        .filter(file -> !files.isPassedOver(file))
        .toList();
  }

  /** Those that become others by a change, which is made. */
  private List<StoredFile> changed(List<StoredFile> found, UnaryOperator<StoredFile> change) {
    List<StoredFile> changed =
        found.stream().filter(file -> !change.apply(file).equals(file)).map(change).toList();
    changed.forEach(files::keep);
    return changed;
  }

  private static Reply done(String what, List<StoredFile> done) {
    return Told.ok(
        Map.of(
            "status",
            "OK",
            what,
            done.size(),
            "urls",
            done.stream().map(FileAnswers::url).toList()));
  }
}
