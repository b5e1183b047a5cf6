package io.consigne.server.api.guide;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.tree.FolderRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a request says, wherever it says it. The articles do not agree on names, so that a value is
 * asked for by all of its names; an empty one is absent.
 */
final class Parameters {
  /** How the folder is called that something is in, or goes to. */
  static final String[] FOLDER = {"folder_id", "folder", "did", "parent_id"};

  private static final String[] FILE = {"url", "urls", "link", "file", "file_id", "id"};
  private static final Set<String> SECRET = Set.of("pass", "api_key", "apikey");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private int length;

  /** Adds a value to those that a name has. */
  void add(String name, String value) {
    length += GuideLimits.FIELD_LENGTH + name.length() + value.length();
    if (!value.isEmpty()) {
      values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
  }

  /** How much was added. */
  int length() {
    return length;
  }

  /** Adds all that {@code more} has. */
  void addAll(Parameters more) {
    more.values.forEach((name, list) -> list.forEach(value -> add(name, value)));
  }

  /** What the request is about, for the audit log: never a value that may be a secret. */
  List<String> named() {
    return Stream.of(FILE, FOLDER)
        .flatMap(Stream::of)
        .flatMap(name -> all(name).stream().map(value -> name + " " + shown(value)))
        .toList();
  }

  /** The different values of these names. */
  Set<String> all(String... names) {
    var all = new LinkedHashSet<String>();
    for (String name : names) {
      all.addAll(values.getOrDefault(name, List.of()));
    }
    return all;
  }

  /**
   * The value of these names.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid} if there are several
   */
  Optional<String> text(String... names) {
    Set<String> all = all(names);
    if (all.size() > 1) {
      throw new Failure.Invalid(names[0], "", "is there with several values").asException();
    }
    return all.stream().findFirst();
  }

  /** A value that must be there. */
  String required(String... names) {
    return text(names).orElseThrow(() -> missing(names[0]));
  }

  /** The file that is meant, by its address or its id. */
  LinkId file() {
    return link(required(FILE));
  }

  /** The files that are meant, at least one. */
  List<LinkId> files() {
    Set<String> all = all(FILE);
    if (all.isEmpty()) {
      throw missing(FILE[0]);
    }
    if (all.size() > GuideLimits.FILES_PER_CALL) {
      throw new Failure.TooLarge("urls", all.size(), GuideLimits.FILES_PER_CALL).asException();
    }
    return all.stream().map(Parameters::link).toList();
  }

  /** Whether a file is named. */
  boolean hasFile() {
    return !all(FILE).isEmpty();
  }

  private static LinkId link(String text) {
    return LinkAddress.parse(FILE[0], text);
  }

  /** The folder that is meant; 0 is the root. Empty if none is named. */
  Optional<FolderRef> folder(String... names) {
    return text(names)
        .map(text -> {
          if (!text.matches("-?[0-9]{1,18}")) {
            throw new Failure.Invalid(names[0], shown(text), "must be a whole number")
                .asException();
          }
          long id = Long.parseLong(text);
          if (id < 0) {
            throw new Failure.NotFound().asException();
          }
          return id == 0 ? FolderRef.ROOT : FolderRef.of(new FolderId(id));
        });
  }

  static RuntimeException missing(String name) {
    return new Failure.Invalid(name, "", "is missing").asException();
  }

  private static String shown(String value) {
    return value.length() > 100 ? value.substring(0, 100) + "…" : value;
  }

  @Override
  public String toString() {
    var shown = new LinkedHashMap<String, Object>(values);
    SECRET.forEach(name -> shown.computeIfPresent(name, (key, value) -> "***"));
    return "Parameters" + shown;
  }
}
