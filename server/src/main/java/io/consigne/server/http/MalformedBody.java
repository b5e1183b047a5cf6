package io.consigne.server.http;

import java.io.IOException;

/** A request's body, or its description, breaks the rules of its format; the message says which. */
public sealed class MalformedBody extends IOException
    permits TruncatedBody, OversizedBody, LateBody {
  private static final long serialVersionUID = 1L;

  private final String message;

  /** Says what is wrong, in one sentence for whoever sent the body. */
  public MalformedBody(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public final String getMessage() {
    return message;
  }
}
