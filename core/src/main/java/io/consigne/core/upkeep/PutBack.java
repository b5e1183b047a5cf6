package io.consigne.core.upkeep;

import io.consigne.core.db.Database;
import io.consigne.core.links.SigningKeys;
import io.consigne.core.retention.Retention;

/** A database that was put back to an earlier time: of what came after that it knows nothing. */
public final class PutBack {
  private PutBack() {}

  /**
   * Ends all download tokens, since one that was given after that time could open another file now,
   * which has got the same number; and has each file count as downloaded just now, since one that
   * was downloaded after that time could be removed as unused.
   */
  public static void forgetWhatIsPast(Database database) {
    SigningKeys.forgetAll(database);
    Retention.breakOff(database);
  }
}
