package io.consigne.core.mails;

import java.io.IOException;

/** Gives mails to a server. */
@FunctionalInterface
public interface Mails {
  /**
   * Sends a letter to one address, and returns when the server has taken it.
   *
   * @param to the address as an account has it, which may be none
   * @throws IOException if it was not taken; the message has no secret
   */
  void send(String to, Letter letter) throws IOException;
}
