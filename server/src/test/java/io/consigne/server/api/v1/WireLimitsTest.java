package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A limit is changed on purpose, here too, or not at all. */
class WireLimitsTest {
  @Test
  void table_holdsTheseLimits() {
    var table = new TreeMap<String, String>();
    Arrays.stream(WireLimits.class.getDeclaredFields())
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
                Map.entry("JSON_BODY_BYTES", "4194304"),
                Map.entry("FORM_BYTES", "65536"),
                Map.entry("OPEN_JSON_BODY_BYTES", "16384"),
                Map.entry("LARGE_JSON_BODY_BYTES", "65536"),
                Map.entry("LARGE_JSON_BODIES_COMING", "8"),
                Map.entry("LARGE_JSON_BODIES_WAITING", "8"),
                Map.entry("LARGE_JSON_BODIES", "4"),
                Map.entry("PASSWORDS_PER_CALL", "20"),
                Map.entry("LARGE_JSON_PATIENCE", "PT10S"),
                Map.entry("LARGE_JSON_HELD", "PT1S"),
                Map.entry("SHORT_REPORT_FILES", "16"),
                Map.entry("BODY_TIME", "PT1M"),
                Map.entry("JSON_DEPTH", "20"),
                Map.entry("JSON_TOKENS", "200000"),
                Map.entry("LARGE_UPLOAD_BUFFERS", "256"),
                Map.entry("SMALL_UPLOAD_BUFFER_BYTES", "32768"),
                Map.entry("FILES_PER_CALL", "1000"),
                Map.entry("SORTED_FILES", "2000"),
                Map.entry("LINK_YEARS", "10"),
                Map.entry("SHARES_PER_FOLDER", "1000"),
                Map.entry("RULES_PER_KIND", "100"),
                Map.entry("RULES_LENGTH", "4000"),
                Map.entry("LINKS_PER_CHECK", "100"),
                Map.entry("SHORTEST_PASSWORD", "6"),
                Map.entry("LONGEST_PASSWORD", "250"),
                Map.entry("DESCRIPTION_LENGTH", "2000"),
                Map.entry("LAST_DOMAIN", "10"),
                Map.entry("UPLOAD_PARTS", "2100"),
                Map.entry("PART_HEADER_BYTES", "16384"),
                Map.entry("UPLOAD_FIELD_BYTES", "16384"),
                Map.entry("UPLOAD_FIELDS_BYTES", "262144"),
                Map.entry("STRANGER_DRAIN_BYTES", "67108864"),
                Map.entry("KNOWN_DRAIN_BYTES", "500000000000"),
                Map.entry("REPORTED_KEYS", "100"),
                Map.entry("REPORT_STEP", "PT0.25S"),
                Map.entry("LOG_LINES", "100"),
                Map.entry("KEY_DAYS", "7"),
                Map.entry("NUMBER_LENGTH", "40"),
                Map.entry("LARGE_JSON_RETRY_AFTER", "PT5S"),
                Map.entry("DOWNLOAD_LOOK", "PT2S"),
                Map.entry("DOWNLOAD_LOOK_AWAITED", "PT0.25S"),
                Map.entry("DOWNLOAD_LOOK_IN_VAIN", "PT1M"),
                Map.entry("REPORT_PATIENCE", "PT2S")));
  }
}
