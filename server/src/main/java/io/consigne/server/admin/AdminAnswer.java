package io.consigne.server.admin;

import io.consigne.core.keys.KeyState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of a request.
 *
 * @param done whether it was carried out
 * @param text for the operator: what was asked for, or why it was not done; may hold a key
 * @param key what a key that was asked about is; null where none was
 * @param report what came of a long task that was done; null for everything else
 */
public record AdminAnswer(boolean done, String text, @Nullable Key key, @Nullable JsonNode report) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What JSON has for no report is none. */
  public AdminAnswer {
    report = report == null || report.isNull() ? null : report;
  }

  /** An answer in words. */
  public AdminAnswer(boolean done, String text) {
    this(done, text, null, null);
  }

  /** A long task was done. */
  public static AdminAnswer reported(Object report) {
    return new AdminAnswer(true, "", null, JSON.valueToTree(report));
  }

  /** About a key that is none of this host. */
  static AdminAnswer unknownKey(String text) {
    return new AdminAnswer(false, text, Key.UNKNOWN, null);
  }

  /** About a key of this host. */
  static AdminAnswer of(KeyState state, String text) {
    return new AdminAnswer(true, text, state == KeyState.ACTIVE ? Key.GOOD : Key.DEAD, null);
  }

  @Override
  public String toString() {
    return "AdminAnswer[" + done + "]";
  }

  /** What a key is. */
  public enum Key {
    /** It opens its account. */
    GOOD,
    /** It was revoked or replaced, has ended, or its account is closed. */
    DEAD,
    /** It is none of this host. */
    UNKNOWN
  }
}
