package io.consigne.core.defense;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The table of how much guessing is borne. */
class DefenderLimitsTest {
  @Test
  void table_isThis() {
    assertThat(DefenderLimits.DEFAULT)
        .hasToString(
            "DefenderLimits[on=true, points=Points[password=10, key=1, free=50],"
                + " delays=Delays[first=PT1S, longest=PT15M, forgotten=PT1H],"
                + " target=Target[tries=20, pause=PT10S, knownFor=PT720H], atOnce=32,"
                + " remembered=100000]");
  }
}
