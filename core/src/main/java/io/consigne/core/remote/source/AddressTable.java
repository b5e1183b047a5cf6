package io.consigne.core.remote.source;

import io.consigne.core.ids.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are public: those that IANA's registries of special addresses do not set apart.
 */
final class AddressTable {
  private static final List<Cidr> V4_APART =
      blocks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // shared by a provider's customers
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // what machines of a cloud are told, at an address that looks public
          "169.254.0.0/16", // link-local, and the metadata of clouds
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, broadcast

  /** All that was given out for unicast; loopback, local and multicast addresses are not in it. */
  private static final Cidr V6_GIVEN_OUT = Cidr.parse("2000::/3");

  private static final List<Cidr> V6_APART =
      blocks(
          "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20"); // documentation

  /** Behind it stands an IPv4 address. */
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");

  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private AddressTable() {}

  /** Whether this is a public unicast address, or leads to one and nowhere else. */
  static boolean isPublic(InetAddress address) {
    InetAddress meant = meant(address);
    return meant.getAddress().length == 4
        ? !isIn(V4_APART, meant)
        : V6_GIVEN_OUT.contains(meant) && !isIn(V6_APART, meant);
  }

  /** The IPv4 address that an IPv6 address leads to, or the address itself. */
  static InetAddress meant(InetAddress address) {
    byte[] octets = address.getAddress();
    boolean leads =
        octets.length > 4
            && (NAT64.contains(address) || Arrays.equals(octets, 0, 12, MAPPED, 0, 12));
    return leads ? v4(Arrays.copyOfRange(octets, 12, 16)) : address;
  }

  private static boolean isIn(List<Cidr> blocks, InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  private static InetAddress v4(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  private static List<Cidr> blocks(String... texts) {
    return Arrays.stream(texts).map(Cidr::parse).toList();
  }
}
