package io.consigne.cli.files;

import io.consigne.client.model.AccessRules;
import io.consigne.client.model.Folder;
import io.consigne.client.model.Folder.Guest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** To whom a folder or a link is open, as rows of JSON and in words. */
final class Opened {
  private Opened() {}

  /** The accounts that a folder is opened to, or the one that it is of. */
  static void addTo(Map<String, Object> row, Folder folder) {
    Folder.Sharing sharing = folder.sharing();
    if (sharing.publicUrl() != null) {
      row.put("publicUrl", sharing.publicUrl());
      row.put("password", sharing.password());
    }
    if (!sharing.guests().isEmpty()) {
      row.put("sharedWith", sharing.guests().stream().map(Opened::json).toList());
    }
    if (sharing.owner() != null) {
      row.put("sharedBy", json(sharing.owner()));
    }
  }

  private static Map<String, Object> json(Guest guest) {
    var json = new LinkedHashMap<String, Object>();
    json.put("email", guest.email());
    json.put("writes", guest.writes());
    json.put("hidesLinks", guest.hidesLinks());
    return json;
  }

  /** Who may open the link of a file, if the host tells it. */
  static void addTo(Map<String, Object> row, @Nullable AccessRules rules) {
    if (rules != null && !rules.until(null).equals(AccessRules.NONE)) {
      var json = new LinkedHashMap<String, Object>();
      json.put("networks", rules.networks());
      json.put("countries", rules.countries());
      json.put("emails", rules.emails());
      json.put("payingOnly", rules.payingOnly());
      row.put("openTo", json);
    }
  }

  /** A value of a row in words: what is off or empty is left out. */
  static String words(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .filter(one -> !one.getValue().equals(false) && !one.getValue().equals(List.of()))
              .map(one ->
                  one.getValue().equals(true)
                      ? String.valueOf(one.getKey())
                      : one.getKey() + " " + words(one.getValue()))
              .collect(Collectors.joining(", "));
      case List<?> list -> list.stream().map(Opened::words).collect(Collectors.joining("; "));
      default -> String.valueOf(value);
    };
  }
}
