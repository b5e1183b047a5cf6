package io.consigne.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.Caller;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.TestHost;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Opening an account by its password. */
class PasswordLoginTest extends OnEachDatabase {
  private static final Caller HOME = new Caller(InetAddress.ofLiteral("192.0.2.7"), "curl/8");

  private final Passwords passwords = host.passwords;
  private final String email = TestHost.newEmail();
  private final Account account = host.accounts.add(email, Plan.ACCESS, passwords.hash("secret6"));
  private final PasswordLogin login = new PasswordLogin(host.database, host.guard);
  private final long before = passwords.computations();

  PasswordLoginTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private long computations() {
    return passwords.computations() - before;
  }

  @Test
  void open_rightPassword_allRights() {
    assertThat(login.open(email.toUpperCase(Locale.ROOT), "secret6", HOME))
        .contains(
            Access.full(account.id(), Plan.ACCESS, account.root(), null)
                .byPasswordOf(1)
                .from(HOME));
  }

  @Test
  void open_wrongPassword_empty() {
    assertThat(login.open(email, "secret7", HOME)).isEmpty();
    assertThat(login.open(email, "", HOME)).isEmpty();
    assertThat(computations()).isEqualTo(2);
  }

  @Test
  void open_unknownOrWithoutPassword_emptyAtTheSameCost() {
    String without = TestHost.newEmail();
    host.accounts.add(without, Plan.GOLD, null);
    assertThat(login.open(without, "secret6", HOME)).isEmpty();
    assertThat(login.open("nobody@example.org", "secret6", HOME)).isEmpty();
    assertThat(login.open("no\0body", "secret6", HOME)).isEmpty();
    assertThat(computations()).isEqualTo(3);
  }

  @Test
  void open_again_isRememberedForAMinute() {
    for (int i = 0; i < 20; i++) {
      assertThat(login.open(email, "secret6", HOME)).isPresent();
    }
    assertThat(computations()).isEqualTo(1);
    host.clock.advance(Duration.ofSeconds(61));
    assertThat(login.open(email, "secret6", HOME)).isPresent();
    assertThat(computations()).isEqualTo(2);
  }

  @Test
  void open_rememberedButPasswordChanged_empty() {
    assertThat(login.open(email, "secret6", HOME)).isPresent();
    host.accounts.setPassword(account.id(), passwords.hash("another"));
    assertThat(login.open(email, "secret6", HOME)).isEmpty();
    assertThat(login.open(email, "another", HOME)).isPresent();
    host.accounts.setPassword(account.id(), null);
    assertThat(login.open(email, "another", HOME)).isEmpty();
  }

  @Test
  void open_rememberedButDisabled_empty() {
    assertThat(login.open(email, "secret6", HOME)).isPresent();
    host.accounts.setDisabled(account.id(), true);
    assertThat(login.open(email, "secret6", HOME)).isEmpty();
  }

  @Test
  void open_rememberedButPlanChanged_seesTheNewPlan() {
    assertThat(login.open(email, "secret6", HOME).map(Access::plan)).contains(Plan.ACCESS);
    host.accounts.setPlan(account.id(), Plan.FREE);
    assertThat(login.open(email, "secret6", HOME).map(Access::plan)).contains(Plan.FREE);
  }
}
