package io.consigne.server.http;

import java.io.IOException;

/** Answers requests. Runs on a virtual thread of its own for each request, and may block. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers one request. When it returns, the answer is complete; an answer shorter than the length
   * that was announced is aborted, so that the client notices.
   *
   * @throws ClientGoneException if the client went away or stalled; nothing is answered or logged
   * @throws IOException if anything else broke; answered by the {@link Fallback} with 500
   */
  void handle(Exchange exchange) throws IOException;
}
