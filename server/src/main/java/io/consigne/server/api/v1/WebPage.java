package io.consigne.server.api.v1;

import io.consigne.server.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends pages and texts of the public addresses. */
final class WebPage {
  private static final String POLICY =
      "default-src 'none'; style-src '"
          + Html.styleHash()
          + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private WebPage() {}

  static void html(Exchange exchange, int status, String page) throws IOException {
    exchange.header("Content-Security-Policy", POLICY);
    send(exchange, status, "text/html; charset=utf-8", page);
  }

  static void text(Exchange exchange, int status, String text) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", text);
  }

  private static void send(Exchange exchange, int status, String type, String body)
      throws IOException {
    exchange.header("X-Content-Type-Options", "nosniff");
    exchange.header("Referrer-Policy", "no-referrer");
    exchange.header("Cache-Control", "no-store");
    exchange.send(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  static void redirect(Exchange exchange, String location) throws IOException {
    exchange.header("Location", location);
    exchange.header("Referrer-Policy", "no-referrer");
    exchange.header("Cache-Control", "no-store");
    exchange.send(302, "text/html; charset=utf-8", new byte[0]);
  }

  /** A refusal as a page for people. */
  static void refuse(Exchange exchange, Refusal refusal) throws IOException {
    if (refusal.status() == 401) {
      exchange.header("WWW-Authenticate", "Basic realm=\"File host\", charset=\"UTF-8\"");
    }
    if (refusal.retryAfterSeconds() > 0) {
      exchange.header("Retry-After", Long.toString(refusal.retryAfterSeconds()));
    }
    String title = refusal.status() == 404 ? "File not found !" : "Refused";
    html(
        exchange,
        refusal.status(),
        Html.page(
            title,
            "<h1>%s</h1><p class=\"error\">%s</p>"
                .formatted(Html.text(title), Html.text(refusal.message()))));
  }
}
