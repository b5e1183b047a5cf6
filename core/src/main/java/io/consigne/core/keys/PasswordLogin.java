package io.consigne.core.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.EmailAddress;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.RandomText;
import io.consigne.core.ids.Sha256;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Opens an account by e-mail and password, as HTTP Basic does with every request. What was verified
 * is remembered for a minute, so that a client with many requests does not pay Argon2 for each; the
 * account is looked up each time, so that a changed password or a closed account counts at once.
 */
public final class PasswordLogin {
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int REMEMBERED_AT_MOST = 10_000;

  private final Database database;
  private final Passwords passwords;
  private final String salt;
  private final Cache<String, Boolean> verified;

  /** Checks against {@code database}. */
  public PasswordLogin(Database database, Passwords passwords, RandomGenerator random) {
    this(database, passwords, random, Ticker.systemTicker());
  }

  PasswordLogin(Database database, Passwords passwords, RandomGenerator random, Ticker ticker) {
    this.verified =
        Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(REMEMBERED_AT_MOST)
            .ticker(ticker)
            .build();
    this.database = database;
    this.passwords = passwords;
    this.salt = RandomText.draw(random, RandomText.BASE62, 32);
  }

  /**
   * All rights on the account, if the password is its own and the account is open.
   *
   * @throws io.consigne.core.failure.FailureException {@code Unavailable} if too many log in at
   *     once
   */
  public Optional<Access> open(String email, String password) {
    Optional<Candidate> candidate =
        database.read(sql ->
            sql.first(
                """
                SELECT id, plan, root_id, password_hash FROM accounts
                WHERE email_key = ? AND disabled_at IS NULL
                """,
                Candidate::read,
                EmailAddress.keyOf(email)));
    String stored = candidate.map(Candidate::passwordHash).orElse(null);
    if (stored == null) {
      passwords.matchesNothing(password);
      return Optional.empty();
    }
    return matches(password, stored) ? candidate.map(Candidate::access) : Optional.empty();
  }

  private boolean matches(String password, String stored) {
    String remembered = Sha256.hex(salt + stored + password);
    if (verified.getIfPresent(remembered) != null) {
      return true;
    }
    boolean right = passwords.matches(password, stored);
    if (right) {
      verified.put(remembered, true);
    }
    return right;
  }

  private record Candidate(Access access, @Nullable String passwordHash) {
    static Candidate read(Row row) {
      return new Candidate(
          Access.full(
              new AccountId(row.number("id")),
              Plan.valueOf(row.text("plan")),
              new FolderId(row.number("root_id")),
              null),
          row.textOrNull("password_hash"));
    }

    @Override
    public String toString() {
      return "Candidate[" + access + "]";
    }
  }
}
