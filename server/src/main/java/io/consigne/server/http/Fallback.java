package io.consigne.server.http;

import java.io.IOException;

/**
 * Answers what no {@link Handler} answers: a request that cannot be understood (400, and what else
 * the container says of one), a method that is never offered (405), a body in a coding (415), a
 * handler that failed (500), a transfer coding or method that is not known (501), a listener that
 * is stopping (503), a version of HTTP that is not spoken (505). The headers that the status calls
 * for are set already.
 */
@FunctionalInterface
public interface Fallback {
  /** Answers with this status; says nothing about the cause. */
  void answer(Exchange exchange, int status) throws IOException;
}
