package io.consigne.core.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a block has, and what is none. */
final class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0",
    "192.0.2.0/24, 192.0.2.255",
    "192.0.2.77/24, 192.0.2.1",
    "192.0.2.128/25, 192.0.2.129",
    "192.0.2.4/31, 192.0.2.5",
    "192.0.2.7, 192.0.2.7",
    "192.0.2.7/32, 192.0.2.7",
    "0.0.0.0/0, 255.255.255.255",
    "2001:db8::/32, 2001:db8:ffff::1",
    "2001:db8::/33, 2001:db8:7fff::1",
    "::1, ::1",
    "::/0, fe80::1",
    "::ffff:192.0.2.0/120, 192.0.2.200",
    "::ffff:c000:200/120, 192.0.2.200",
    "::FFFF:192.0.2.7, 192.0.2.7",
    "192.0.2.0/24, ::ffff:192.0.2.7",
  })
  void block_hasItsAddresses(String block, String address) {
    assertThat(Cidr.parse(block).contains(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.3.0",
    "192.0.2.128/25, 192.0.2.127",
    "192.0.2.4/31, 192.0.2.6",
    "192.0.2.7, 192.0.2.6",
    "2001:db8::/32, 2001:db9::",
    "2001:db8::/33, 2001:db8:8000::",
    "::1, ::2",
    "0.0.0.0/0, ::1",
    "::/0, 192.0.2.1",
    "::ffff:192.0.2.0/120, 192.0.3.1",
  })
  void block_hasNoOther(String block, String address) {
    assertThat(Cidr.parse(block).contains(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void mappedAddress_ofASocket_isItsIpv4Address() throws UnknownHostException {
    byte[] octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 7};
    InetAddress mapped = Inet6Address.getByAddress(null, octets, 0);
    assertThat(mapped).isInstanceOf(Inet6Address.class);
    assertThat(Cidr.parse("192.0.2.0/24").contains(mapped)).isTrue();
    assertThat(Cidr.parse("::/0").contains(mapped)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost/8",
        "cafe",
        "example.org",
        "192.0.2",
        "192.0.2.0.1",
        "192.0.2.256",
        "192.0.2.010",
        "0xc0.0.2.1",
        "3221225985",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/+8",
        "192.0.2.0/08",
        "192.0.2.0/24/8",
        "192.0.2.0/255.255.255.0",
        "/24",
        " 192.0.2.0",
        "192.0.2.0 ",
        "2001:db8::/129",
        "2001:db8:::1",
        "[::1]",
        "fe80::1%eth0",
        "::ffff:192.0.2.0/95",
        ":",
        "192.0.2.1:80",
      })
  void text_thatIsNoBlock_isRefusedAndShown(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an address, nor a block of addresses such as 192.0.2.0/24: " + text);
  }

  @Test
  void toString_isReadable() {
    assertThat(Cidr.parse("192.0.2.0/24")).hasToString("192.0.2.0/24");
    assertThat(Cidr.parse("192.0.2.7")).hasToString("192.0.2.7/32");
    assertThat(Cidr.parse(Cidr.parse("2001:db8::/32").toString()))
        .isEqualTo(Cidr.parse("2001:db8::/32"));
  }
}
