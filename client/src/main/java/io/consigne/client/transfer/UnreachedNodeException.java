package io.consigne.client.transfer;

import java.io.IOException;
import java.util.Objects;

/**
 * The machine of a host that has the bytes of one file is not reached, or not trusted; the host
 * itself, and other such machines, may be. Its cause says why.
 */
public final class UnreachedNodeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Which machine, as addresses name it. */
  private final String node;

  UnreachedNodeException(String node, IOException why) {
    super(Objects.requireNonNullElseGet(why.getMessage(), why::toString), why);
    this.node = node;
  }

  /** Which machine, as addresses name it. */
  String node() {
    return node;
  }
}
