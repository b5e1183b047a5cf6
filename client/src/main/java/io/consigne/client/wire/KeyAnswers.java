package io.consigne.client.wire;

import io.consigne.client.model.KeyState;

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
        new KeyState.Span(answer.instant("created"), answer.instant("ends")),
        answer.isOn("address_allowed"));
  }
}
