package io.consigne.core.ids;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one address: an IPv4 address, or the /64 that one owner of IPv6 has at least. */
public final class AddressBlock {
  private static final int V6_PREFIX_BYTES = 8;

  private AddressBlock() {}

  /** What all addresses of the block have in common, in hexadecimal digits. */
  public static String of(InetAddress address) {
    byte[] octets = address.getAddress();
    return HexFormat.of()
        .formatHex(octets.length > 4 ? Arrays.copyOf(octets, V6_PREFIX_BYTES) : octets);
  }
}
