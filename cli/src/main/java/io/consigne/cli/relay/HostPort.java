package io.consigne.cli.relay;

import java.net.InetSocketAddress;

/**
 * A place in the network.
 *
 * @param host a name or an address, IPv6 without brackets
 */
record HostPort(String host, int port) {
  HostPort {
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not HOST:PORT: " + host + ":" + port);
    }
  }

  /** Reads {@code HOST:PORT} or {@code [IPV6]:PORT}. */
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!port.matches("\\d{1,5}") || (!bracketed && host.contains(":"))) {
      throw new IllegalArgumentException("not HOST:PORT: " + text);
    }
    return new HostPort(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }

  /** Asks for the address of the name, each time anew. */
  InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
