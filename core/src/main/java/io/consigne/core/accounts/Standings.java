package io.consigne.core.accounts;

import io.consigne.core.db.Database;
import io.consigne.core.db.Remembered;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.KeyId;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks again whether what opened an account still opens it: between that and the deed a client may
 * have let much time go by, such as with the last byte of its request.
 */
public final class Standings {
  private static final int REMEMBERED = 10_000;

  private final Database database;
  private final InstantSource clock;
  private final Remembered<Opener, Boolean> opens;

  /** Looks into {@code database}. */
  public Standings(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.opens = new Remembered<>(database, REMEMBERED);
  }

  /** Whether it does, as {@link Standing#isGood} tells. */
  public boolean isGood(Access access) {
    Instant now = clock.instant();
    return opens.answer(
            Opener.of(access), _ -> database.read(sql -> Standing.opens(sql, access, now)))
        && !Standing.hasEnded(access, now);
  }

  /**
   * Refuses whom nothing opens the account any more.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}
   */
  public void require(Access access) {
    if (!isGood(access)) {
      throw new Failure.NotAuthenticated().asException();
    }
  }

  /** What opened an account: a key, or a password; neither for the host itself. */
  private record Opener(AccountId account, @Nullable KeyId keyOrNull, @Nullable Long epochOrNull) {
    static Opener of(Access access) {
      return access
          .terms()
          .map(terms -> new Opener(access.account(), terms.id(), terms.epoch()))
          .orElseGet(() -> new Opener(access.account(), null, access.epochOrNull()));
    }
  }
}
