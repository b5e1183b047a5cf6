package io.consigne.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A pace is changed on purpose, here as well, or not at all. */
class HostLimitsTest {
  @Test
  void table_isThis() {
    var table = new TreeMap<String, String>();
    Arrays.stream(HostLimits.class.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
        .forEach(field -> {
          try {
            table.put(field.getName(), String.valueOf(field.get(null)));
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(table)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("ACCOUNTS_PAUSE", "PT5S"),
                Map.entry("AUDIT_PAUSE", "PT1H"),
                Map.entry("COLLECTION_GRACE", "PT10M"),
                Map.entry("COLLECTION_PAUSE", "PT1M"),
                Map.entry("COMPACTION_PAUSE", "PT10S"),
                Map.entry("HASH_RETRY", "PT5M"),
                Map.entry("HASH_THREADS", "1"),
                Map.entry("MESSAGES_PAUSE", "PT10M"),
                Map.entry("PASSWORDS_AT_ONCE", "4"),
                Map.entry("REQUESTS_PAUSE", "PT1H"),
                Map.entry("RETENTION_PAUSE", "PT1H"),
                Map.entry("SWEEP_PAUSE", "PT5S"),
                Map.entry("TRANSFERS_PAUSE", "PT1M")));
  }
}
