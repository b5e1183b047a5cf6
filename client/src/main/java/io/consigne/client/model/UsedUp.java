package io.consigne.client.model;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A limit of which a host said that nothing is left.
 *
 * @param policy its name, empty if it has none
 * @param time until there is more
 */
public record UsedUp(String policy, Duration time) {
  /** As a Consigne host names those (its docs/wire-v1.md); it has the plain ones for all calls. */
  private static final Pattern SPECIAL = Pattern.compile("(key|account|address)-[a-z-]+");

  /** {@return whether it is one that a Consigne host has for calls of one kind alone} */
  public boolean isOfOneKind() {
    return SPECIAL.matcher(policy).matches();
  }
}
