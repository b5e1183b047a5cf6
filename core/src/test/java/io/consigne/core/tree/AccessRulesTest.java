package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of links, as they are kept. */
class AccessRulesTest {
  private static final Instant END = Instant.parse("2027-01-31T23:00:00Z");

  @Test
  void stored_readAgain_isTheSame() {
    var rules =
        new AccessRules(
            List.of("192.0.2.0/24", "2001:db8::/32"),
            List.of("FR", "BE"),
            List.of("alice@example.org", "admin"),
            true);
    assertThat(AccessRules.read(rules.stored())).isEqualTo(rules);
    assertThat(AccessRules.read(AccessRules.NONE.stored())).isEqualTo(AccessRules.NONE);
    var premium = new AccessRules(List.of(), List.of(), List.of(), true);
    assertThat(AccessRules.read(premium.stored())).isEqualTo(premium);
    assertThat(premium.isEmpty()).isFalse();
    assertThat(premium.letEverybodyIn()).isFalse();
    assertThat(AccessRules.NONE.isEmpty()).isTrue();
  }

  @Test
  void end_isKeptToTheSecond_andIsARuleThatLetsEverybodyIn() {
    AccessRules ending = AccessRules.NONE.until(END);
    assertThat(ending.stored()).isEqualTo("expires 2027-01-31T23:00:00Z");
    assertThat(AccessRules.read(ending.stored())).isEqualTo(ending);
    assertThat(ending.isEmpty()).isFalse();
    assertThat(ending.letEverybodyIn()).isTrue();
    assertThat(isOver(ending, END.minusMillis(1))).isFalse();
    assertThat(isOver(ending, END)).isTrue();
    assertThat(isOver(AccessRules.NONE, Instant.MAX)).isFalse();
    var premium = new AccessRules(List.of("192.0.2.0/24"), List.of(), List.of(), true, END);
    assertThat(AccessRules.read(premium.stored())).isEqualTo(premium);
    assertThat(premium.until(null))
        .isEqualTo(new AccessRules(List.of("192.0.2.0/24"), List.of(), List.of(), true));
  }

  private static boolean isOver(AccessRules rules, Instant now) {
    return new FileAttributes(0, "", null, false, false, false, rules).isOver(now);
  }

  /** An address may say anything in its line. */
  @Test
  void email_thatLooksLikeAnEnd_isNone() {
    var rules = new AccessRules(List.of(), List.of(), List.of("expires 2020-01-01"), false);
    assertThat(AccessRules.end(rules.stored())).isNull();
  }

  @Test
  void end_noWholeSecond_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessRules.NONE.until(END.plusMillis(1)))
        .withMessage("not a whole second: 2027-01-31T23:00:00.001Z");
  }

  @Test
  void networks_noBlock_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccessRules(List.of("home"), List.of(), List.of(), false))
        .withMessage("not an address, nor a block of addresses such as 192.0.2.0/24: home");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fr", "FRA", "F\n"})
  void countries_noCode_refused(String country) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccessRules(List.of(), List.of(country), List.of(), false))
        .withMessage("not a country of two capital letters: " + country);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Alice@example.org", "a@example.org\npremium 1", "a\rb@c"})
  void emails_notOneLineInLowerCase_refused(String email) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccessRules(List.of(), List.of(), List.of(email), false))
        .withMessage("not an e-mail in lower case: " + email);
  }
}
