package io.consigne.core.ids;

import java.net.InetAddress;

/** Hosts that are this machine, whatever a name server says: what goes to them is not heard. */
public final class Loopback {
  private Loopback() {}

  /**
   * Whether a host is this machine for certain.
   *
   * @param host a name or an address, IPv6 with or without brackets
   */
  public static boolean is(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    try {
      return host.equalsIgnoreCase("localhost") || InetAddress.ofLiteral(bare).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
