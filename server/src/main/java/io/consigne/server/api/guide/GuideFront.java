package io.consigne.server.api.guide;

import io.consigne.core.Domain;
import io.consigne.core.db.DatabaseAway;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.DatabaseStopped;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.http.JsonOutput;
import io.consigne.server.http.MalformedBody;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The guide's dialect: the same paths with and without {@code /v1} in front, the key wherever an
 * article puts it, one JSON object as answer.
 */
public final class GuideFront implements Handler {
  private static final String PREFIX = "/v1/";

  private final Gate gate;
  private final GuideRoutes routes;

  /**
   * Wires the front.
   *
   * @param downloadPath the path at which the file of a download token is served
   */
  public GuideFront(Domain domain, UnaryOperator<String> downloadPath) {
    gate = new Gate(domain.calls(), domain.transfers());
    routes = new GuideRoutes(domain, gate, downloadPath);
  }

  /** Every address that is answered, with its methods, as in {@code GET /user/info.cgi}. */
  public Set<String> addresses() {
    var all = new TreeSet<String>();
    for (String address : routes.addresses()) {
      int space = address.indexOf(' ');
      all.add(address.substring(0, space) + " /" + address.substring(space + 1));
      all.add(address.substring(0, space) + " " + PREFIX + address.substring(space + 1));
    }
    return all;
  }

  /** Whether this front has the path, by whatever method. */
  public boolean has(String path) {
    return routes.has(name(path));
  }

  /** Whether this front has the path, and the method for it. */
  public boolean serves(String method, String path) {
    return routes.has(method, name(path));
  }

  /** Whether a request carries a key as only this front takes it, as far as its head tells. */
  public static boolean hasKeyInAddress(Exchange exchange) {
    return exchange.path().endsWith(".cgi") && KeyPlaces.inAddress(exchange);
  }

  /**
   * Whether the body of a request is one that only this front takes: it carries a key, or an upload
   * in which the file has another name than 1fichier wants. Looks at its beginning only if nothing
   * before it tells whose it is.
   */
  public boolean hasBodyForGuide(Exchange exchange) throws IOException {
    boolean upload = name(exchange.path()).equals(GuideRoutes.UPLOAD);
    boolean told = exchange.header("Authorization").isPresent();
    if (!serves(exchange.method(), exchange.path())
        || !exchange.method().equals("POST")
        || (told && !(upload && exchange.query().isEmpty()))) {
      return false;
    }
    byte[] bytes = exchange.peek(GuideLimits.PEEK_BYTES, GuideLimits.BODY_TIME);
    if (told && ParameterReader.beginsWithFile(bytes, "file[]")) {
      return false;
    }
    ParameterReader.Beginning begin =
        ParameterReader.beginning(exchange.header("Content-Type").orElse(""), bytes);
    String file = begin.fileFieldOrNull();
    return KeyPlaces.in(begin.fields())
        || (upload && told && file != null && !file.equals("file[]"));
  }

  private static String name(String path) {
    return path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : path.substring(1);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String path = name(exchange.path());
    try {
      if (!routes.has(path)) {
        gate.notThere(exchange);
        throw new Failure.NotFound().asException();
      } else if (!routes.has(exchange.method(), path)) {
        gate.notThere(exchange);
        exchange.header("Allow", String.join(", ", routes.methods(path)));
        refuse(exchange, GuideRefusal.METHOD);
      } else {
        answer(path, exchange);
      }
    } catch (FailureException e) {
      refuse(exchange, GuideRefusal.of(e.failure()));
    } catch (MalformedBody e) {
      refuse(exchange, charged(exchange, e));
    } catch (DatabaseFull e) {
      refuse(exchange, GuideRefusal.of(new Failure.StoreFull()));
    } catch (DatabaseStopped e) {
      refuse(exchange, GuideRefusal.STOPPING);
    } catch (DatabaseAway e) {
      refuse(exchange, GuideRefusal.AWAY);
    }
  }

  /** What is no request may come from anybody: it costs what one for nothing does. */
  private GuideRefusal charged(Exchange exchange, MalformedBody malformed) {
    try {
      gate.notThere(exchange);
      return GuideRefusal.of(malformed);
    } catch (FailureException tooFast) {
      return GuideRefusal.of(tooFast.failure());
    }
  }

  private void answer(String path, Exchange exchange) throws IOException {
    try (GuideRoutes.Answered answered = routes.answer(path, exchange)) {
      send(exchange, 200, "OK", answered.answer());
    }
  }

  private static void refuse(Exchange exchange, GuideRefusal refusal) throws IOException {
    if (exchange.startedResponse()) {
      exchange.abort();
      return;
    }
    exchange.drain(GuideLimits.DRAIN_BYTES);
    if (refusal.retryAfterSeconds() > 0) {
      exchange.header("Retry-After", Long.toString(refusal.retryAfterSeconds()));
    }
    send(
        exchange,
        refusal.status(),
        "KO",
        json -> {
          json.writeStringProperty("message", refusal.message());
          if (!refusal.detail().isEmpty()) {
            json.writeStringProperty("detail", refusal.detail());
          }
        });
  }

  private static void send(Exchange exchange, int status, String word, GuideEndpoint.Answer answer)
      throws IOException {
    boolean exposed = KeyPlaces.inAddress(exchange);
    exchange.header("Referrer-Policy", "no-referrer");
    if (exposed) {
      exchange.header("Warning", "299 - \"" + KeyPlaces.WARNING + "\"");
    }
    JsonOutput.send(
        exchange,
        status,
        false,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", word);
          answer.write(json);
          if (exposed) {
            json.writeStringProperty("warning", KeyPlaces.WARNING);
          }
          json.writeEndObject();
        });
  }

  /** Answers a request whose handling failed: the log says why. */
  public static void failed(Exchange exchange) throws IOException {
    refuse(exchange, GuideRefusal.INTERNAL);
  }
}
