package io.consigne.core.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** What counts as one address. */
class AddressBlockTest {
  @Test
  void ownerOfIpv6_countsByItsSlash64() {
    assertThat(block("2001:db8::1")).isEqualTo(block("2001:db8::ffff:1"));
    assertThat(block("2001:db8::1")).isNotEqualTo(block("2001:db8:0:1::1"));
  }

  @Test
  void addressesOfIpv4_countEachByItself() {
    assertThat(block("192.0.2.1")).isNotEqualTo(block("192.0.2.2"));
  }

  private static String block(String address) {
    return AddressBlock.of(InetAddress.ofLiteral(address));
  }
}
