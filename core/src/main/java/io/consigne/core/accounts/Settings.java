package io.consigne.core.accounts;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the owner of an account chose.
 *
 * @param chosen the settings that were ever chosen; the others have their standard value
 */
public record Settings(Map<Setting, Long> chosen) {
  /** Nothing was chosen. */
  public static final Settings STANDARD = new Settings(Map.of());

  /** Copies the map. */
  public Settings {
    chosen = Map.copyOf(chosen);
  }

  /** The value of a setting. */
  public long get(Setting setting) {
    Long value = chosen.get(setting);
    return value == null ? setting.standard() : value;
  }

  /** These settings with others on top. */
  public Settings with(Map<Setting, Long> changes) {
    var merged = new EnumMap<Setting, Long>(Setting.class);
    merged.putAll(chosen);
    merged.putAll(changes);
    return new Settings(merged);
  }

  /** The settings as text for the database, {@code name=value} a line. */
  String stored() {
    return chosen.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey().wireName() + "=" + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Reads what {@link #stored} wrote. */
  public static Settings read(String stored) {
    var chosen = new EnumMap<Setting, Long>(Setting.class);
    for (String line : stored.lines().toList()) {
      int equals = line.indexOf('=');
      Setting.named(line.substring(0, equals))
          .ifPresent(setting -> chosen.put(setting, Long.valueOf(line.substring(equals + 1))));
    }
    return new Settings(chosen);
  }
}
