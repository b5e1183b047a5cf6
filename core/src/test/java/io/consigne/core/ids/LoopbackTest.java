package io.consigne.core.ids;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoopbackTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "127.9.8.7", "::1", "[::1]"})
  void thisMachine_isLoopback(String host) {
    assertThat(Loopback.is(host)).isTrue();
  }

  /** A name that begins like an address is whatever its owner says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.mail.example.org", "127.0.0.1.example.org", "localhost.example.org", "192.0.2.1",
        "0.0.0.0", "[::2]", "[", ""
      })
  void others_areNot(String host) {
    assertThat(Loopback.is(host)).isFalse();
  }
}
