package io.consigne.core.failure;

/** Carries a {@link Failure} to the front that answers it. */
public final class FailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** Carries {@code failure}; it is an answer, not a fault, so there is no stack trace. */
  public FailureException(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  /** Carries {@code failure}, with the fault behind it for the log. */
  public FailureException(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  /** What happened. */
  public Failure failure() {
    return failure;
  }
}
