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

  /**
   * As {@code Sec-Fetch-Site} says, or where that is not sent, as over plain HTTP, {@code Origin}.
   * A page of the very name that is asked for is an own one: what a browser adds by itself was
   * given to that name, and no other site can make it ask for another.
   */
  public static boolean is(Exchange exchange) {
    Optional<String> site = exchange.header("Sec-Fetch-Site");
    return site.isPresent()
        ? !OWN.contains(site.get())
        : exchange.header("Origin").filter(page -> !isOf(page, exchange.ownPages())).isPresent();
  }

  /** A page may hide its origin, which is {@code null} then. */
  private static boolean isOf(String page, Set<Origin> own) {
    try {
      return own.contains(Origin.parse(page));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
