package io.consigne.server.api.v1;

import io.consigne.core.ids.Cidr;
import io.consigne.core.keys.KeyDay;
import io.consigne.core.keys.KeyInfo;
import io.consigne.core.keys.KeyState;
import io.consigne.core.keys.Restriction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Keys as {@code /v1/key/*.cgi} shows them; instants are ISO 8601 in UTC, absent if never. */
final class KeyJson {
  private KeyJson() {}

  /** What a key is. */
  static void members(JsonGenerator json, KeyInfo key, Instant now) {
    json.writeNumberProperty("id", key.id().value());
    named(json, key, key.state(now));
    json.writeStringProperty("hint", key.hint());
    restriction(json, key.restriction());
    json.writeStringProperty("created", time(key.created()));
    key.revoked().ifPresent(when -> json.writeStringProperty("revoked", time(when)));
    json.writeNumberProperty("expires_soon", FileJson.bit(key.endsSoon(now)));
  }

  /** What it is called, and whether it is good. */
  static void named(JsonGenerator json, KeyInfo key, KeyState state) {
    json.writeStringProperty("name", key.name());
    json.writeStringProperty("kind", key.kind());
    json.writeStringProperty("state", state.name().toLowerCase(Locale.ROOT));
  }

  /** What it may do. */
  static void restriction(JsonGenerator json, Restriction limits) {
    json.writeArrayPropertyStart("scopes");
    limits.scopeWords().forEach(json::writeString);
    json.writeEndArray();
    json.writeNumberProperty("folder_id", limits.folder().map(id -> id.value()).orElse(0L));
    json.writeArrayPropertyStart("networks");
    limits.networks().stream().map(Cidr::toString).forEach(json::writeString);
    json.writeEndArray();
    limits.expires().ifPresent(end -> json.writeStringProperty("expires", time(end)));
    limits.rate().ifPresent(rate -> json.writeNumberProperty("rate", rate));
  }

  /** When it was used, and how much. */
  static void use(JsonGenerator json, KeyInfo key, List<KeyDay> days) {
    key.used()
        .time()
        .ifPresent(when -> {
          json.writeObjectPropertyStart("last_used");
          json.writeStringProperty("time", time(when));
          json.writeStringProperty("address", key.used().address());
          json.writeStringProperty("client", key.used().client());
          json.writeEndObject();
        });
    json.writeArrayPropertyStart("days");
    days.forEach(day -> day(json, day));
    json.writeEndArray();
  }

  private static void day(JsonGenerator json, KeyDay day) {
    json.writeStartObject();
    json.writeStringProperty("day", day.day().toString());
    json.writeNumberProperty("calls", day.calls());
    json.writeNumberProperty("uploaded_bytes", day.uploadedBytes());
    json.writeNumberProperty("downloaded_bytes", day.downloadedBytes());
    json.writeEndObject();
  }

  /** An instant to the second. */
  static String time(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
