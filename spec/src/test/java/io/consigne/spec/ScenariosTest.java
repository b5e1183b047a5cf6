package io.consigne.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenariosTest {
  @Test
  void scenarios_areThere_eachWithItsSource() {
    List<Scenario> scenarios = Scenarios.v1();
    assertThat(scenarios).hasSizeGreaterThan(100);
    assertThat(scenarios)
        .allSatisfy(scenario -> {
          assertThat(scenario.name()).isNotBlank();
          assertThat(scenario.source()).isNotBlank();
          assertThat(scenario.exchanges()).isNotEmpty();
        });
    assertThat(scenarios).extracting(Scenario::id).doesNotHaveDuplicates();
  }

  @Test
  void examples_areAnswersOfTheirOwnPattern() {
    for (Scenario scenario : Scenarios.v1()) {
      var bindings = new Bindings();
      for (Exchange exchange : scenario.exchanges()) {
        Answer example = exchange.response().example(bindings);
        assertThat(exchange.response().differences(example, bindings))
            .as("%s, exchange %s", scenario, exchange)
            .isEmpty();
      }
    }
  }

  @Test
  void member_thatTheFormatDoesNotHave_isRefused() {
    assertThatThrownBy(() -> ScenarioReader.read("x", "{\"name\":\"a\",\"exchange\":[]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("scenario x: unknown members [exchange] in ");
  }
}
