package io.consigne.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.AccessRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that somebody does not name again. */
class DroppedRulesTest {
  private static String dropped(String network, String now) {
    return DroppedRules.of(
        new AccessRules(List.of(network), List.of(), List.of(), false),
        new AccessRules(List.of(now), List.of(), List.of(), false));
  }

  /** Rules that stay were said to go. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.1/24, true",
    "192.0.2.1/32, 192.0.2.1, true",
    "2001:db8::/32, 2001:DB8:0::7/32, true",
    "192.0.2.0/24, 192.0.2.0/25, false",
    "192.0.2.0/24, 192.0.3.0/24, false",
    "::/0, 0.0.0.0/0, false",
    "192.0.2.0/24, 192.0.2.0/999, false",
    "192.0.2.0/24, 999.0.2.0/24, false"
  })
  void networks_areAddresses(String before, String now, boolean same) {
    assertThat(dropped(before, now)).isEqualTo(same ? "" : "--network=" + before);
  }

  @Test
  void countriesAndEmails_areOfAnySpelling() {
    var before = new AccessRules(List.of(), List.of("FR", "DE"), List.of("a@example.org"), true);
    var now = new AccessRules(List.of(), List.of("de", "fr"), List.of("A@Example.org"), true);
    assertThat(DroppedRules.of(before, now)).isEmpty();
    assertThat(DroppedRules.of(before, AccessRules.NONE))
        .isEqualTo("--country=FR --country=DE --email=a@example.org --paying");
  }
}
