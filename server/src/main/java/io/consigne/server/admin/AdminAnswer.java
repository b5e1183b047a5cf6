package io.consigne.server.admin;

/**
 * What became of a request.
 *
 * @param done whether it was carried out
 * @param text for the operator: what was asked for, or why it was not done; may hold a key
 */
public record AdminAnswer(boolean done, String text) {
  @Override
  public String toString() {
    return "AdminAnswer[" + done + "]";
  }
}
