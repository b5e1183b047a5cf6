package io.consigne.server.http;

/** The body ended before its closing boundary; what came of it must not be kept. */
public final class TruncatedBody extends MalformedBody {
  private static final long serialVersionUID = 1L;

  /** Says where the body ended. */
  public TruncatedBody(String message) {
    super(message);
  }
}
