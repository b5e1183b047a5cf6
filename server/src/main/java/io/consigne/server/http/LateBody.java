package io.consigne.server.http;

/** The body did not arrive in the time that there is for one of its kind. */
public final class LateBody extends MalformedBody {
  private static final long serialVersionUID = 1L;

  /** Says which time. */
  public LateBody(String message) {
    super(message);
  }
}
