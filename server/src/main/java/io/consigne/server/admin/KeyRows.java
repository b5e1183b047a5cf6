package io.consigne.server.admin;

import io.consigne.core.ids.Cidr;
import io.consigne.core.keys.KeyInfo;
import io.consigne.core.keys.KeyState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Keys as one JSON object, in the envelope of all commands; what is not known is not there. */
final class KeyRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int VERSION = 1;

  private KeyRows() {}

  static String of(List<KeyInfo> keys, Instant now, Duration unused) {
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("consigne", VERSION);
    envelope.put("command", "key list");
    envelope.put("data", keys.stream().map(key -> row(key, now, unused)).toList());
    return JSON.writeValueAsString(envelope);
  }

  private static Map<String, Object> row(KeyInfo key, Instant now, Duration unused) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", key.id().value());
    row.put("name", key.name());
    row.put("kind", key.kind());
    row.put("state", key.state(now).name().toLowerCase(Locale.ROOT));
    row.put("hint", key.hint());
    row.put("scopes", key.restriction().scopeWords());
    key.restriction().folder().ifPresent(folder -> row.put("folder", folder.value()));
    row.put("networks", key.restriction().networks().stream().map(Cidr::toString).toList());
    key.restriction().rate().ifPresent(rate -> row.put("rate", rate));
    row.put("created", time(key.created()));
    key.restriction().expires().ifPresent(end -> row.put("expires", time(end)));
    key.revoked().ifPresent(when -> row.put("revoked", time(when)));
    key.used().time().ifPresent(when -> row.put("lastUsed", time(when)));
    boolean active = key.state(now) == KeyState.ACTIVE;
    row.put("stale", active && key.isStale(now, unused));
    return row;
  }

  private static String time(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
