package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * No condition holds for two contents: a client never adds a piece of one to a piece of another.
 */
final class IfRangeFuzzTest extends FuzzTarget {
  private static final Instant ONE = Instant.parse("2026-11-21T16:00:00.7Z");
  private static final Instant OTHER = ONE.minusSeconds(1);

  @FuzzTest
  void fuzz(byte[] input) {
    check(input);
  }

  @Override
  protected void check(byte[] input) {
    String header = new String(input, StandardCharsets.ISO_8859_1);
    boolean one = IfRange.holds(header, "\"a-1\"", ONE);
    assertThat(one && IfRange.holds(header, "\"a-2\"", OTHER)).isFalse();
    if (one && header.contains("\"")) {
      assertThat(header.strip()).isEqualTo("\"a-1\"");
    }
  }
}
