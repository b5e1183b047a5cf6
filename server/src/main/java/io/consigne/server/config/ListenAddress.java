package io.consigne.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a host listens.
 *
 * @param host a name or an address, IPv6 without brackets; empty for every address of the machine
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {
  public ListenAddress {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535: " + port);
    }
  }

  static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IllegalArgumentException("no port: " + text);
    }
    return new ListenAddress(
        parseHost(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
  }

  private static String parseHost(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      String address = text.substring(1, text.length() - 1);
      if (!address.contains(":")) {
        throw new IllegalArgumentException("not an IPv6 address: " + address);
      }
      return InetAddress.ofLiteral(address).getHostAddress();
    }
    if (!text.matches("[A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("not a host: " + text);
    }
    return text;
  }

  /**
   * What to bind to.
   *
   * @throws UnknownHostException if the name has no address
   */
  public InetSocketAddress resolve() throws UnknownHostException {
    return host.isEmpty()
        ? new InetSocketAddress(port)
        : new InetSocketAddress(InetAddress.getByName(host), port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
