package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the client calls itself. */
class AgentTest {
  @Test
  void name_hasTheVersionOfTheBuild() {
    assertThat(Agent.NAME).matches("consigne-client/\\d+\\.\\d+\\.\\d+(-\\w+)?");
  }
}
