package io.consigne.core.keys;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.EmailAddress;
import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.defense.Door;
import io.consigne.core.defense.Guard;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FolderId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens an account by e-mail and password, as HTTP Basic does with every request. The account is
 * looked up each time, so that a changed password or a closed account counts at once.
 */
public final class PasswordLogin {
  private final Database database;
  private final Guard guard;

  /** Checks against {@code database}. */
  public PasswordLogin(Database database, Guard guard) {
    this.database = database;
    this.guard = guard;
  }

  /**
   * All rights on the account, if the password is its own and the account is open.
   *
   * @throws io.consigne.core.failure.FailureException {@code Unavailable} if too many log in at
   *     once; {@code Locked} after too many wrong passwords
   */
  public Optional<Access> open(String email, String password, Caller caller) {
    String name = EmailAddress.keyOf(email);
    Optional<Candidate> candidate =
        database.read(sql ->
            sql.first(
                """
                SELECT id, plan, root_id, password_hash, epoch FROM accounts
                WHERE email_key = ? AND disabled_at IS NULL
                """,
                Candidate::read,
                name));
    Door door = door(name, candidate.orElse(null));
    return guard.opens(door, Actor.stranger(caller), caller, password)
        ? candidate.map(known -> known.access().from(caller))
        : Optional.empty();
  }

  private Door door(String name, @Nullable Candidate candidate) {
    if (candidate == null) {
      return new Door("login " + name, null, null, Action.LOGIN, "", renewed -> {});
    }
    AccountId account = candidate.access().account();
    String stored = candidate.passwordHash();
    return new Door(
        "login " + name,
        account,
        stored,
        Action.LOGIN,
        name,
        renewed ->
            database.write(sql ->
                sql.update(
                    "UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?",
                    renewed,
                    account.value(),
                    stored)));
  }

  private record Candidate(Access access, @Nullable String passwordHash) {
    static Candidate read(Row row) {
      return new Candidate(
          Access.full(
                  new AccountId(row.number("id")),
                  Plan.valueOf(row.text("plan")),
                  new FolderId(row.number("root_id")),
                  null)
              .byPasswordOf(row.number("epoch")),
          row.textOrNull("password_hash"));
    }

    @Override
    public String toString() {
      return "Candidate[" + access + "]";
    }
  }
}
