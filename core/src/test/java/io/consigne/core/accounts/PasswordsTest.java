package io.consigne.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.consigne.core.failure.Failure;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes of passwords. */
class PasswordsTest {
  private final Passwords passwords = new Passwords(new SecureRandom(), 2);

  /** Hashes of the reference implementation's own tests. */
  @ParameterizedTest
  @CsvSource({
    "password, 'm=256,t=2', nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    "password, 'm=65536,t=2', CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    "password, 'm=65536,t=1', 9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
    "differentpassword, 'm=65536,t=2', C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94",
  })
  void matches_hashOfTheReferenceImplementation(String password, String costs, String hash) {
    String stored = "$argon2id$v=19$" + costs + ",p=1$c29tZXNhbHQ$" + hash;
    assertThat(passwords.matches(password, stored)).isTrue();
    assertThat(passwords.matches(password + "x", stored)).isFalse();
  }

  @Test
  void hash_matchesThatPasswordAlone() {
    String stored = passwords.hash("pässword 🔑");
    assertThat(passwords.matches("pässword 🔑", stored)).isTrue();
    assertThat(passwords.matches("pässword", stored)).isFalse();
    assertThat(passwords.matches("", stored)).isFalse();
  }

  /** A program that spoke to the host's socket could give an account any. */
  @Test
  void passwordOfAnAccount_hasEightCharactersAtLeast() {
    assertThat(passwords.matches("8 pieces", passwords.hashOfAccount("8 pieces"))).isTrue();
    for (String tooShort : new String[] {"", "7 signs", "\ud83d\udd11".repeat(7)}) {
      assertThat(Refusal.of(() -> passwords.hashOfAccount(tooShort)).message())
          .isEqualTo("password must have at least 8 characters");
    }
  }

  @Test
  void hash_saltedAndCosted() {
    String first = passwords.hash("secret6");
    assertThat(first)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(passwords.hash("secret6")).isNotEqualTo(first);
  }

  @Test
  void renewed_isOfTodaysCostsAndOfTheSameSetting() {
    String weak =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    String renewed = passwords.renewed("password", weak);
    assertThat(Passwords.isCurrent(renewed)).isTrue();
    assertThat(passwords.matches("password", renewed)).isTrue();
    assertThat(Passwords.setting(renewed)).isEqualTo(Passwords.setting(weak));
    assertThat(Passwords.setting(passwords.hash("password")))
        .isNotEqualTo(Passwords.setting(passwords.hash("password")));
  }

  @Test
  void matches_otherText_refusedWithoutShowingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> passwords.matches("secret6", "secret6"))
        .withMessage("not an Argon2id hash");
  }

  @Test
  void matchesNothing_costsOneComputation() {
    passwords.matchesNothing("secret6");
    assertThat(passwords.computations()).isEqualTo(1);
  }

  @Test
  void noTurn_refusedAfterPatience() {
    var crowded = new Passwords(new SecureRandom(), 0, Duration.ZERO);
    var tooMany = new Failure.Unavailable("Too many logins at once", Duration.ofSeconds(5));
    assertThat(Refusal.of(() -> crowded.hash("secret6"))).isEqualTo(tooMany);
    assertThat(Refusal.of(() -> crowded.matchesNothing("secret6"))).isEqualTo(tooMany);
    assertThat(crowded.computations()).isZero();
  }

  @Test
  void turns_takenByMany_areGivenBack() throws Exception {
    var one = new Passwords(new SecureRandom(), 1, Duration.ofMinutes(1));
    assertThat(AtOnce.run(5, () -> one.hash("secret6"))).doesNotHaveDuplicates().hasSize(5);
    assertThat(one.computations()).isEqualTo(5);
  }

  @Test
  void interrupted_unavailable_andStillInterrupted() {
    Thread.currentThread().interrupt();
    Failure failure = Refusal.of(() -> passwords.hash("secret6"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).isInstanceOf(Failure.Unavailable.class);
  }
}
