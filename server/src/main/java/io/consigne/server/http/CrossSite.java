package io.consigne.server.http;

import java.util.Optional;
import java.util.Set;

/**
 * Whether a page of another site had a browser send a request, with whatever login the browser
 * keeps for this host. Programs tell nothing of pages.
 */
public final class CrossSite {
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private CrossSite() {}

  /** As {@code Sec-Fetch-Site} says, or where that is not sent, {@code Origin}. */
  public static boolean is(Exchange exchange) {
    Optional<String> site = exchange.header("Sec-Fetch-Site");
    return site.isPresent()
        ? !OWN.contains(site.get())
        : exchange.header("Origin").filter(page -> !isOf(page, exchange.origin())).isPresent();
  }

  /** A page may hide its origin, which is {@code null} then. */
  private static boolean isOf(String page, Origin host) {
    try {
      return Origin.parse(page).equals(host);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
