package io.consigne.core.testing;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Why something was refused. */
public final class Refusal {
  public static final Failure NOT_FOUND = new Failure.NotFound();

  private Refusal() {}

  /** The failure that this call ends with; a call that succeeds fails the test. */
  public static Failure of(ThrowingCallable call) {
    FailureException refused = catchThrowableOfType(FailureException.class, call);
    if (refused == null) {
      throw new AssertionError("nothing was refused");
    }
    return refused.failure();
  }
}
