package io.consigne.core.ids;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses.
 *
 * @param address any address of the block
 * @param prefixBits how many leading bits the addresses of the block have in common
 */
public record Cidr(InetAddress address, int prefixBits) {
  private static final String NUMBER = "(?:0|[1-9][0-9]{0,2})";
  private static final String V4 = "(?:" + NUMBER + "[.]){3}" + NUMBER;
  private static final String V6 = "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*";

  /** What is surely not a name, nor a number that some read as octal. */
  private static final Pattern SHAPE =
      Pattern.compile("(" + V4 + "|" + V6 + ")(?:/(" + NUMBER + "))?");

  /** What stands before an IPv4 address that is written as an IPv6 one. */
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private static final int MAPPED_BITS = MAPPED.length * 8;

  /** Refuses a prefix that the address cannot have. */
  public Cidr {
    if (prefixBits < 0 || prefixBits > address.getAddress().length * 8) {
      throw new IllegalArgumentException("prefix of " + address + " out of range: " + prefixBits);
    }
  }

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or an address alone; never asks for a name.
   * IPv4 written as IPv6, such as {@code ::ffff:192.0.2.0/120}, is IPv4.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static Cidr parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw refusal(text, null);
    }
    try {
      InetAddress address = InetAddress.ofLiteral(shape.group(1));
      int fullBits = address.getAddress().length * 8;
      boolean mapped = fullBits == 32 && shape.group(1).indexOf(':') >= 0;
      int bits =
          shape.group(2) == null
              ? fullBits
              : Integer.parseInt(shape.group(2)) - (mapped ? MAPPED_BITS : 0);
      return new Cidr(address, bits);
    } catch (IllegalArgumentException e) {
      throw refusal(text, e);
    }
  }

  private static IllegalArgumentException refusal(
      String text, @Nullable IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "not an address, nor a block of addresses such as 192.0.2.0/24: " + text, cause);
  }

  /** Whether the address is in this block; never, if it is of the other IP version. */
  public boolean contains(InetAddress other) {
    byte[] network = address.getAddress();
    byte[] candidate = unmapped(other.getAddress());
    if (network.length != candidate.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((network[bit / 8] ^ candidate[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] unmapped(byte[] octets) {
    boolean mapped =
        octets.length > MAPPED.length
            && Arrays.equals(octets, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
    return mapped ? Arrays.copyOfRange(octets, MAPPED.length, octets.length) : octets;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefixBits;
  }
}
