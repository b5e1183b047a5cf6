package io.consigne.server.http;

/**
 * What {@code Authorization: Basic} carries.
 *
 * @param user may be empty
 * @param password may be empty, never shown
 */
public record Credentials(String user, String password) {
  @Override
  public String toString() {
    return "Credentials[user=" + user + ", password=***]";
  }
}
