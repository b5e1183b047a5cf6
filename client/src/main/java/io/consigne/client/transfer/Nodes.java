package io.consigne.client.transfer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machines of a host that have the bytes of files, and of which some may be down. For all
 * downloads of a client: what the first have found out, the others need not wait for.
 */
public final class Nodes {
  private final Map<String, Integer> givenUp = new ConcurrentHashMap<>();

  /** Nothing is known of any. */
  public Nodes() {}

  /** One has answered. */
  void reached(String node) {
    givenUp.remove(node);
  }

  /** One was not reached, however often it was tried. */
  void givenUp(String node) {
    givenUp.merge(node, 1, Integer::sum);
  }

  /** How often one is tried before a file is given up: once, if it seems to be down. */
  int tries(String node) {
    boolean isDown = givenUp.getOrDefault(node, 0) >= Breaker.ALIKE;
    return isDown ? 1 : TransferLimits.RANGE_TRIES;
  }
}
