package io.consigne.server.admin;

import io.consigne.core.keys.KeyWish;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the operator wants of a key.
 *
 * @param key which one: its name or its number; empty where none is meant
 * @param span a length of time: how long the old secret goes on, or since when a key is stale
 * @param wish what the key is to be; null where that is not asked
 * @param only whether stale keys alone are listed
 * @param json whether they are listed for programs
 */
public record KeyOrder(
    String key, String span, @Nullable KeyWish wish, boolean only, boolean json) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** As the value of a request. */
  public String written() {
    return JSON.writeValueAsString(this);
  }

  static KeyOrder read(String value) {
    return JSON.readValue(value, KeyOrder.class);
  }
}
