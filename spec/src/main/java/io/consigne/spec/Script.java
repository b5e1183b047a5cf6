package io.consigne.spec;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays the server's side of a scenario, for tests of clients: takes its requests in order, each as
 * the scenario has it, and gives an example of the answer that belongs to it.
 */
public final class Script {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Iterator<Exchange> left;
  private final Bindings bindings;

  /**
   * Plays a scenario.
   *
   * @param bindings what is known before; placeholders without a value get an example
   */
  public Script(Scenario scenario, Bindings bindings) {
    this.left = scenario.exchanges().iterator();
    this.bindings = bindings;
  }

  /** Whether all requests of the scenario have come. */
  public boolean isOver() {
    return !left.hasNext();
  }

  /**
   * Answers the next request.
   *
   * @param headers by name, whose case does not count
   * @throws AssertionError if it is not the one that the scenario has next
   */
  public Answer answer(String method, String target, Map<String, String> headers, String body) {
    if (!left.hasNext()) {
      throw new AssertionError("no request is left, but there came " + method + " " + target);
    }
    Exchange next = left.next();
    Request expected = next.request();
    check(
        next,
        "request",
        expected.method() + " " + expected.target().example(bindings),
        method + " " + target);
    var sent = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    sent.putAll(headers);
    expected
        .headers()
        .forEach((name, value) ->
            check(
                next,
                name,
                String.valueOf(value == null ? null : value.example(bindings)),
                String.valueOf(sent.get(name))));
    if (!sameBody(expected.body(), body)) {
      throw new AssertionError("exchange " + next + ": another body was expected");
    }
    return next.response().example(bindings);
  }

  private static void check(Exchange exchange, String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(
          "exchange %s: %s expected %s but was %s".formatted(exchange, what, expected, actual));
    }
  }

  /**
   * Bodies are compared by what they mean: the order of JSON members is the client's own, and so is
   * the way it writes multipart bodies, which are not compared.
   */
  private boolean sameBody(RequestBody expected, String actual) {
    return switch (expected) {
      case RequestBody.Parts _ -> true;
      case RequestBody.Json(JsonPattern json) -> sameJson(json, actual);
      default -> expected.encode(bindings).text().equals(actual);
    };
  }

  private boolean sameJson(JsonPattern expected, String actual) {
    try {
      expected.example(bindings);
      return expected.differences(MAPPER.readTree(actual), bindings).isEmpty();
    } catch (JacksonException e) {
      return false;
    }
  }
}
