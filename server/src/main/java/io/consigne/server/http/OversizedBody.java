package io.consigne.server.http;

/** Some element of the body is larger than its limit, or there are too many of them. */
public final class OversizedBody extends MalformedBody {
  private static final long serialVersionUID = 1L;

  /** Says which element, and the limit. */
  public OversizedBody(String message) {
    super(message);
  }
}
