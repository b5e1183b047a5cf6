package io.consigne.cli.profile;

import io.consigne.cli.talk.Surroundings;
import io.consigne.client.ClientConfig;
import io.consigne.client.model.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The remotes of type {@code fichier} that rclone knows. rclone keeps their {@code api_key} as it
 * is, not obscured. What cannot be read, or is encrypted, has none.
 */
final class RcloneConfig {
  /** Its file, for people. */
  static final String NAME = "rclone.conf";

  /** The line above what is encrypted. */
  private static final String ENCRYPTED = "RCLONE_ENCRYPT_V0:";

  private RcloneConfig() {}

  /** The profiles that rclone's configuration gives. */
  static List<Profile> profiles(Surroundings around) {
    var profiles = new ArrayList<Profile>();
    sections(lines(around)).forEach((name, values) -> add(name, values, profiles));
    return profiles;
  }

  /** Why it has remotes that give none, a sentence for each reason. */
  static List<String> oddities(Surroundings around) {
    List<String> lines = lines(around);
    if (lines.stream().anyMatch(line -> line.strip().equals(ENCRYPTED))) {
      return List.of(
          "rclone.conf is encrypted, and not read: \"rclone config show\" shows its key to log in"
              + " with");
    }
    return sections(lines).entrySet().stream()
        .filter(section -> isFichier(section.getValue()))
        .map(Map.Entry::getKey)
        .filter(name -> !name.matches(Profile.NAME))
        .map(name ->
            "the remote \"%s\" of rclone.conf can be no profile: \"rclone config\" renames it, to"
                    .formatted(name)
                + " letters, digits, dots and dashes")
        .toList();
  }

  /** Where it is, or would be. */
  static Path file(Surroundings around) {
    return around
        .variable("RCLONE_CONFIG")
        .map(Path::of)
        .orElseGet(() -> around.config().resolve("rclone").resolve(NAME));
  }

  private static List<String> lines(Surroundings around) {
    Path file = file(around);
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException _) {
      return List.of();
    }
  }

  private static Map<String, Map<String, String>> sections(List<String> lines) {
    var sections = new LinkedHashMap<String, Map<String, String>>();
    Map<String, String> section = new LinkedHashMap<>();
    for (String text : lines) {
      String line = text.strip();
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        section = new LinkedHashMap<>();
        sections.put(line.substring(1, line.length() - 1), section);
      } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
        section.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return sections;
  }

  private static boolean isFichier(Map<String, String> values) {
    return "fichier".equals(values.get("type"))
        && values.getOrDefault("api_key", "").matches("[!-~]+");
  }

  private static void add(String name, Map<String, String> values, List<Profile> profiles) {
    if (isFichier(values) && name.matches(Profile.NAME)) {
      String key = values.getOrDefault("api_key", "");
      profiles.add(
          new Profile(name, ClientConfig.ONE_FICHIER, new KeyPlace.Given(NAME, new ApiKey(key))));
    }
  }
}
