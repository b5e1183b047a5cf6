package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.Cidr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are public, and what an operator can allow besides. */
final class AddressTableTest {
  /** Of a host that is in no network. */
  private static final FetchPolicy PLAIN = of(List.of());

  private static FetchPolicy of(List<Cidr> allowed) {
    var none = new OwnNetworks(List::of, Duration.ZERO, System::nanoTime);
    return new FetchPolicy(FetchLimits.DEFAULT, allowed, none);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::2",
        "::8.8.8.8",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:0:8.8.8.8",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::8.8.8.8",
        "100::1",
        "1fff:ffff::1",
        "2001::1",
        "2001:0:7f00:1::",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2002:808:808::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
      })
  void addressApart_isNotPublic(String address) {
    assertThat(PLAIN.allows(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2606:4700::1111",
        "2a00:1450::1",
        "64:ff9b::8.8.8.8",
        "::ffff:8.8.8.8",
      })
  void unicastAddress_isPublic(String address) {
    assertThat(PLAIN.allows(InetAddress.ofLiteral(address))).isTrue();
  }

  /** Java makes an IPv4 address of such a text, but not of what a resolver may hand over. */
  @Test
  void mappedAddress_isWhatItMaps() throws UnknownHostException {
    byte[] octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
    InetAddress hidden = Inet6Address.getByAddress(null, octets, 0);
    assertThat(hidden).isInstanceOf(Inet6Address.class);
    assertThat(PLAIN.allows(hidden)).isFalse();
    octets[12] = 8;
    assertThat(PLAIN.allows(Inet6Address.getByAddress(null, octets, 0))).isTrue();
  }

  @Test
  void scopedAddress_isNotPublic() throws UnknownHostException {
    byte[] octets = InetAddress.ofLiteral("fe80::1").getAddress();
    assertThat(PLAIN.allows(Inet6Address.getByAddress(null, octets, 1))).isFalse();
  }

  @Test
  void allowedNetwork_isAllowed_andNoOther() {
    var policy = of(List.of(Cidr.parse("10.1.0.0/16")));
    assertThat(policy.allows(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
    assertThat(policy.allows(InetAddress.ofLiteral("10.2.0.0"))).isFalse();
    assertThat(policy.allows(InetAddress.ofLiteral("64:ff9b::10.1.2.3"))).isFalse();
    assertThat(policy.allows(InetAddress.ofLiteral("8.8.8.8"))).isTrue();
  }
}
