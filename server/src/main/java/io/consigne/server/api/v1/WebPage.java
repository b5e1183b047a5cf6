package io.consigne.server.api.v1;

import io.consigne.core.tree.FileName;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Sends pages and texts of the public addresses. */
final class WebPage {
  private static final String POLICY =
      "default-src 'none'; style-src '"
          + Html.styleHash()
          + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String NO_FILE = "File not found !";
  private static final Pattern OF_A_FILE = Pattern.compile("(/[a-z]{2})?/(remove/.*)?");
  private static final String HTML = "text/html; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  private WebPage() {}

  static void html(Exchange exchange, int status, String page) throws IOException {
    exchange.header("Content-Security-Policy", POLICY);
    send(exchange, status, HTML, page);
  }

  /**
   * Begins a page that is sent piece by piece, by {@link #write}. A browser may keep it to go back
   * to: the answer to a posted password cannot be asked for again without the password.
   */
  static void beginHtml(Exchange exchange) {
    exchange.header("Content-Security-Policy", POLICY);
    begin(exchange, HTML);
    exchange.header("Cache-Control", "private, no-cache");
  }

  /** Begins a text that is sent piece by piece, by {@link #write}. */
  static void beginText(Exchange exchange) {
    begin(exchange, TEXT);
  }

  static void write(Exchange exchange, String piece) throws IOException {
    exchange.output().write(piece.getBytes(StandardCharsets.UTF_8));
  }

  static void text(Exchange exchange, int status, String text) throws IOException {
    send(exchange, status, TEXT, text);
  }

  /**
   * What stands before a path where a form leads: the host's origin, since tools of 1fichier want a
   * whole address, if the browser is there; else nothing. The policy of a page lets its form lead
   * to the page's own origin only, and where the host thinks of itself as plain HTTP, a proxy that
   * it knows nothing of may speak HTTPS.
   */
  static String own(Exchange exchange) {
    Origin origin = exchange.origin();
    boolean there = exchange.header("Host").filter(origin.host()::equalsIgnoreCase).isPresent();
    return there && origin.scheme().equals("https") ? origin.url() : "";
  }

  /**
   * A name as one of the fields of a line that semicolons part: one in the name is of full width
   * there, since tools count the fields, and give up all lines if they are too many.
   */
  static String field(FileName name) {
    return field(name.value());
  }

  /** The same of a name that a report remembers. */
  static String field(String name) {
    return name.replace(';', '\uFF1B');
  }

  private static void send(Exchange exchange, int status, String type, String body)
      throws IOException {
    begin(exchange, type);
    exchange.send(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void begin(Exchange exchange, String type) {
    exchange.header("Content-Type", type);
    exchange.header("X-Content-Type-Options", "nosniff");
    exchange.header("Referrer-Policy", "no-referrer");
    exchange.header("Cache-Control", "no-store");
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
    retryAfter(exchange, refusal);
    if (refusal.status() == 404) {
      notFound(exchange, refusal);
    } else {
      // Before the colours of the style: rclone takes the first number behind a # for the
      // failure's.
      String body = said("Refused", refusal.message());
      html(exchange, refusal.status(), Html.page(refusal.message(), body));
    }
  }

  /** In the words that tools look for, where a file was looked for (reference: 1fichier, 3.3). */
  private static void notFound(Exchange exchange, Refusal refusal) throws IOException {
    if (exchange.path().startsWith(TokenEndpoint.PREFIX)) {
      notFound(exchange, NO_FILE, refusal.message());
    } else if (OF_A_FILE.matcher(exchange.path()).matches()) {
      String text = "The requested file could not be found. It may have been removed.";
      notFound(exchange, NO_FILE, text);
    } else {
      notFound(exchange, "Not found", "There is nothing at this address.");
    }
  }

  private static void notFound(Exchange exchange, String title, String text) throws IOException {
    html(exchange, 404, Html.page(title, said(title, text)));
  }

  private static String said(String heading, String text) {
    return "<h1>%s</h1><p class=\"error\">%s</p>".formatted(Html.text(heading), Html.text(text));
  }

  static void retryAfter(Exchange exchange, Refusal refusal) {
    if (refusal.retryAfterSeconds() > 0) {
      exchange.header("Retry-After", Long.toString(refusal.retryAfterSeconds()));
    }
  }
}
