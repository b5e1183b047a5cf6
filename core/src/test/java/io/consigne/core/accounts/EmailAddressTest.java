package io.consigne.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.consigne.core.failure.Failure;
import io.consigne.core.testing.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names an account. */
class EmailAddressTest {
  @Test
  void parse_address_keptAsGiven() {
    EmailAddress address = EmailAddress.parse("Alice.O'Neil+x@Example.ORG");
    assertThat(address).hasToString("Alice.O'Neil+x@Example.ORG");
    assertThat(address.key()).isEqualTo("alice.o'neil+x@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "@example.org",
        "alice@",
        "a@b@c",
        "alice @example.org",
        "alice@example.org\n",
        "al\u0000ice@example.org",
        "al\ud800ice@example.org",
      })
  void parse_otherText_refused(String text) {
    assertThat(Refusal.of(() -> EmailAddress.parse(text)))
        .isEqualTo(new Failure.Invalid("email", text, "must be an address like alice@example.org"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EmailAddress(text))
        .withMessage("not an e-mail address: " + text);
  }

  @Test
  void parse_tooLong_refused() {
    assertThat(EmailAddress.parse("a".repeat(64) + "@" + "b".repeat(185)).value()).hasSize(250);
    assertThat(Refusal.of(() -> EmailAddress.parse("a".repeat(65) + "@example.org")))
        .isInstanceOf(Failure.Invalid.class);
    assertThat(Refusal.of(() -> EmailAddress.parse("a@" + "b".repeat(186))))
        .isInstanceOf(Failure.Invalid.class);
  }

  @Test
  void keyOf_anyText_isOneThatDatabasesTake() {
    assertThat(EmailAddress.keyOf("ADMIN")).isEqualTo("admin");
    assertThat(EmailAddress.keyOf("a\0b")).doesNotContain("\0");
  }
}
