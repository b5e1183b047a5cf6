package io.consigne.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.ids.AccountId;
import io.consigne.core.keys.KeyInfo;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.keys.Keys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which key of an account the operator means. */
class KeyRequestsTest {
  private static final String ALICE = "alice@example.org";

  @TempDir private Path folder;

  /** The master key was revoked, although a key of that name was meant. */
  @Test
  void keyOfAnEarlierVersion_thatIsCalledMaster_isNamedByItsNumber() {
    InstantSource clock = InstantSource.system();
    try (Database database = Databases.sqlite(folder.resolve("consigne.db"))) {
      var accounts = new Accounts(database, clock);
      var keys = new Keys(database, clock, new SecureRandom());
      AccountId alice = accounts.add(ALICE, Plan.PREMIUM, null).id();
      keys.regenerate(alice);
      var wish = new KeyWish("phone", List.of("read"), null, null, null, null);
      KeyInfo phone = keys.changes(Actor.OPERATOR).add(alice, wish).info();
      database.change(
          sql -> sql.update("UPDATE api_keys SET name = 'master' WHERE name = 'phone'"));
      var requests = new KeyRequests(accounts, keys, clock);

      assertThatThrownBy(() -> requests.execute(new KeyRequest.RevokeMaster(ALICE)))
          .hasMessage(
              "The key %s is called master, too: name the one that is meant by its number in key"
                      .formatted(phone.id())
                  + " list");
      String number = phone.id().toString();
      assertThat(requests.execute(new KeyRequest.Revoke(ALICE, number)))
          .isEqualTo(new AdminAnswer(true, "The key master of alice@example.org is revoked"));
      assertThat(requests.execute(new KeyRequest.RevokeMaster(ALICE)))
          .isEqualTo(new AdminAnswer(true, "The key of alice@example.org is revoked"));
    }
  }
}
