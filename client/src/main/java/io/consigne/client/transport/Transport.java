package io.consigne.client.transport;

import java.io.IOException;

/**
 * Sends one request once. Redirects are answers like others.
 *
 * <p>An interrupt of the calling thread ends the exchange with {@link
 * java.io.InterruptedIOException} and leaves the thread interrupted. Safe for any number of
 * threads.
 */
public interface Transport extends AutoCloseable {
  /**
   * Sends a request and returns as soon as the head of the answer is there. The answer must be
   * closed.
   *
   * @param request whose body is read while it is sent
   * @return its head, with the body behind it
   * @throws IOException if there was no answer; whether the host did what it was asked is then open
   */
  WireAnswer send(WireRequest request) throws IOException;

  @Override
  void close();
}
