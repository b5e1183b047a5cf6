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
  private RcloneConfig() {}

  /** The profiles that rclone's configuration gives. */
  static List<Profile> profiles(Surroundings around) {
    Path file =
        around
            .variable("RCLONE_CONFIG")
            .map(Path::of)
            .orElseGet(() -> around.config().resolve("rclone").resolve("rclone.conf"));
    try {
      return Files.isReadable(file) ? read(Files.readAllLines(file)) : List.of();
    } catch (IOException _) {
      return List.of();
    }
  }

  private static List<Profile> read(List<String> lines) {
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
    var profiles = new ArrayList<Profile>();
    sections.forEach((name, values) -> add(name, values, profiles));
    return profiles;
  }

  private static void add(String name, Map<String, String> values, List<Profile> profiles) {
    String key = values.getOrDefault("api_key", "");
    if ("fichier".equals(values.get("type"))
        && name.matches(Profile.NAME)
        && key.matches("[!-~]+")) {
      profiles.add(
          new Profile(
              name, ClientConfig.ONE_FICHIER, new KeyPlace.Given("rclone.conf", new ApiKey(key))));
    }
  }
}
