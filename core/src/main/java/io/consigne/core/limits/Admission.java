package io.consigne.core.limits;

import io.consigne.core.failure.Failure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call is let in, and how its limits stand then.
 *
 * @param standings a limit each; empty if none applies
 * @param refusalOrNull why it is not let in, null if it is
 */
public record Admission(List<LimitState> standings, @Nullable Failure refusalOrNull) {
  /** No limit applies. */
  static final Admission FREE = new Admission(List.of(), null);

  /** Copies the standings. */
  public Admission {
    standings = List.copyOf(standings);
  }

  /**
   * Refuses what is not let in.
   *
   * @throws io.consigne.core.failure.FailureException {@code TooFast}
   */
  public void require() {
    if (refusalOrNull != null) {
      throw refusalOrNull.asException();
    }
  }

  /**
   * A limit as it stands.
   *
   * @param name {@code key}, {@code account} or {@code address}, and the kind of call if it is a
   *     special one
   * @param quota all of it
   * @param left units that are left
   * @param reset how long until there is one more if none is left, else until all are there
   */
  public record LimitState(String name, CallRate quota, long left, Duration reset) {}
}
