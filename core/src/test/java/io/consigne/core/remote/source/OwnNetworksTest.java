package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Cidr;
import io.consigne.core.remote.source.SourceException.Reason;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this host and its neighbours serve is not for others, however public their addresses. */
final class OwnNetworksTest {
  private static final List<Cidr> OWN =
      List.of(Cidr.parse("2a00:1450:1:2::7/64"), Cidr.parse("9.1.2.130/25"));

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);

  private static FetchPolicy policy(String... allowed) {
    var own = new OwnNetworks(() -> OWN, Duration.ofSeconds(10), System::nanoTime);
    return new FetchPolicy(
        FetchLimits.DEFAULT, List.of(allowed).stream().map(Cidr::parse).toList(), own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2a00:1450:1:2::7",
        "2a00:1450:1:2:ffff::1",
        "9.1.2.130",
        "9.1.2.255",
        "::ffff:9.1.2.130",
        "64:ff9b::9.1.2.130",
      })
  void hostAndNeighbour_areRefused(String address) {
    assertThat(policy().allows(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2a00:1450:1:3::7", "9.1.2.127", "9.1.3.130", "64:ff9b::9.1.2.1"})
  void otherNetwork_isAllowed(String address) {
    assertThat(policy().allows(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void ownNetworkThatTheOperatorNames_isAllowed() {
    FetchPolicy policy = policy("9.1.2.130");
    assertThat(policy.allows(InetAddress.ofLiteral("9.1.2.130"))).isTrue();
    assertThat(policy.allows(InetAddress.ofLiteral("9.1.2.131"))).isFalse();
  }

  @Test
  void refusalOfAnAddress_saysWhy() throws SourceException {
    SourceUrl url = SourceUrl.parse("http://[2a00:1450:1:2::9]/a");
    assertThatThrownBy(() -> policy().check(url))
        .hasMessage(
            "This host does not fetch from 2a00:1450:1:2:0:0:0:9: its address is in a network of"
                + " the host itself");
  }

  /** Asked by the socket: a name is looked up first, and says no more than one that is unknown. */
  @Test
  void nameOfNeighbour_isRefused_forFetchesAndWebhooks() throws SourceException {
    var tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
    Names names = _ -> new InetAddress[] {InetAddress.ofLiteral("9.1.2.200")};
    SourceUrl url = SourceUrl.parse("http://neighbour.example/");
    try (var sources = new OpenSources(policy(), names, tls)) {
      assertThatThrownBy(() -> sources.open(SourceRequest.whole(url, SourceHeaders.NONE, 10)))
          .hasMessage("No address to which this host may go is known of neighbour.example")
          .extracting(e -> ((SourceException) e).reason())
          .isEqualTo(Reason.UNKNOWN_HOST);
      assertThatThrownBy(
              () -> sources.post(new AccountId(1), url, SourceHeaders.NONE, new byte[] {'1'}))
          .hasMessage("No address to which this host may go is known of neighbour.example");
    }
  }

  @Test
  void networks_areReadAgainWhenTheyAreOld() {
    var networks = new ArrayList<Cidr>();
    var own = new OwnNetworks(() -> networks, Duration.ofNanos(10), nanos::get);
    InetAddress address = InetAddress.ofLiteral("9.1.2.130");
    assertThat(own.contain(address)).isFalse();
    networks.add(Cidr.parse("9.1.2.130"));
    nanos.addAndGet(9);
    assertThat(own.contain(address)).isFalse();
    nanos.addAndGet(1);
    assertThat(own.contain(address)).isTrue();
  }

  @Test
  void interfacesOfThisMachine_areReadWithTheirPrefixes() throws SocketException {
    OwnNetworks own = OwnNetworks.ofInterfaces(Duration.ofSeconds(10));
    assertThat(NetworkInterface.networkInterfaces())
        .flatMap(NetworkInterface::getInterfaceAddresses)
        .extracting(InterfaceAddress::getAddress)
        .isNotEmpty()
        .allMatch(own::contain);
    assertThat(own.contain(InetAddress.ofLiteral("127.9.9.9"))).isTrue();
  }

  /** Of a line between two points some systems tell no prefix, which is not the whole world. */
  @Test
  void prefixThatIsNone_isTheAddressAlone() {
    InetAddress v4 = InetAddress.ofLiteral("9.1.2.130");
    InetAddress v6 = InetAddress.ofLiteral("2a00:1450:1:2::7");
    assertThat(OwnNetworks.network(v4, 0)).isEqualTo(new Cidr(v4, 32));
    assertThat(OwnNetworks.network(v4, -1)).isEqualTo(new Cidr(v4, 32));
    assertThat(OwnNetworks.network(v4, 20)).isEqualTo(new Cidr(v4, 20));
    assertThat(OwnNetworks.network(v6, 0)).isEqualTo(new Cidr(v6, 128));
    assertThat(OwnNetworks.network(v6, 64)).isEqualTo(new Cidr(v6, 64));
  }
}
