package io.consigne.spec;

/**
 * A request and the answer that it must get.
 *
 * @param number of the exchange in its scenario, from 1
 * @param says what it shows, for people; may be empty
 */
public record Exchange(int number, String says, Request request, Response response) {
  @Override
  public String toString() {
    return number
        + " "
        + request.method()
        + " "
        + request.target()
        + (says.isEmpty() ? "" : ": ")
        + says;
  }
}
