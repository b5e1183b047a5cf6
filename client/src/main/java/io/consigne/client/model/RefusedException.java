package io.consigne.client.model;

import java.io.IOException;

/**
 * The host said no. Any other {@link IOException} means that the connection broke, or that a local
 * file could not be read or written.
 */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /**
   * Carries {@code refusal}.
   *
   * @param refusal why
   */
  public RefusedException(Refusal refusal) {
    super(refusal.said().text());
    this.refusal = refusal;
  }

  /** {@return why the host said no} */
  public Refusal refusal() {
    return refusal;
  }
}
