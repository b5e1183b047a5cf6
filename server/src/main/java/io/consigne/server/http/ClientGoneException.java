package io.consigne.server.http;

import java.io.IOException;

/**
 * The client closed the connection, broke the protocol in the middle of a body, or stalled for
 * longer than {@link HttpLimits} allows. There is nobody left to answer.
 */
public final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(String doing, IOException cause) {
    super("The client went away while " + doing, cause);
  }
}
