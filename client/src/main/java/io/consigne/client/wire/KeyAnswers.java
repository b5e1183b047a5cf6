package io.consigne.client.wire;

import io.consigne.client.model.KeyState;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@code key/verify.cgi} of a Consigne host says. */
final class KeyAnswers {
  /** Its path below {@code /v1/}. */
  static final String PATH = "key/verify.cgi";

  private KeyAnswers() {}

  static KeyState read(JsonObject answer) {
    return new KeyState(
        answer.textOrEmpty("name"),
        answer.textOrEmpty("kind"),
        answer.textOrEmpty("state"),
        answer.texts("scopes"),
        new KeyState.Span(time(answer, "created"), time(answer, "ends")),
        answer.isOn("address_allowed"));
  }

  /** These times are in UTC, unlike others. */
  private static @Nullable Instant time(JsonObject answer, String name) {
    try {
      return Instant.parse(answer.textOrEmpty(name));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
