package io.consigne.server;

import io.consigne.core.Domain;
import io.consigne.core.accounts.Access;
import io.consigne.server.api.guide.GuideFront;
import io.consigne.server.api.v1.V1Front;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.http.MalformedBody;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decides which front answers a request. 1fichier's API owns its methods and paths; the guide has
 * the rest of its own, and every request that carries the key as only the guide takes it.
 */
record Fronts(V1Front v1, GuideFront guide) implements Handler {
  /** Wires the fronts; for the parameters see {@link V1Front}. */
  static Fronts of(Domain domain, @Nullable Access guests, boolean countriesKnown) {
    return new Fronts(
        new V1Front(domain, guests, countriesKnown), new GuideFront(domain, V1Front::downloadPath));
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    boolean guides;
    try {
      guides = isGuidesByHead(exchange) || guide.hasBodyForGuide(exchange);
    } catch (MalformedBody e) {
      v1.refuse(exchange, e); // the path is of both, and nothing told that it is the guide's
      return;
    }
    (guides ? guide : v1).handle(exchange);
  }

  private boolean isGuidesByHead(Exchange exchange) {
    String method = exchange.method();
    String path = exchange.path();
    if (GuideFront.hasKeyInAddress(exchange)) {
      return true;
    }
    return guide.has(path)
        && !v1.owns(method, path)
        && (guide.serves(method, path) || !v1.owns("POST", path));
  }

  /** Answers what no handler answered, in the words of the front whose request it was. */
  void fallback(Exchange exchange, int status) throws IOException {
    if (status == 500 && isGuidesByHead(exchange)) {
      GuideFront.failed(exchange);
    } else {
      V1Front.fallback(exchange, status);
    }
  }
}
