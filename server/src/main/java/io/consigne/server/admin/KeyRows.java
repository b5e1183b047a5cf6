package io.consigne.server.admin;

import io.consigne.core.ids.Cidr;
import io.consigne.core.keys.KeyInfo;
import io.consigne.core.keys.KeyState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keys as one JSON object, in the envelope of all commands; what is not known is not there. */
final class KeyRows {
  private KeyRows() {}

  static String of(List<KeyInfo> keys, Instant now, Duration unused) {
    return OperatorJson.envelope(
        "key list", keys.stream().map(key -> row(key, now, unused)).toList());
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
    row.put("created", OperatorJson.time(key.created()));
    key.restriction().expires().ifPresent(end -> row.put("expires", OperatorJson.time(end)));
    key.revoked().ifPresent(when -> row.put("revoked", OperatorJson.time(when)));
    key.used().time().ifPresent(when -> row.put("lastUsed", OperatorJson.time(when)));
    boolean active = key.state(now) == KeyState.ACTIVE;
    row.put("stale", active && key.isStale(now, unused));
    return row;
  }
}
