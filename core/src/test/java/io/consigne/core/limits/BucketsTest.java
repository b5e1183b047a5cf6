package io.consigne.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.KeyId;
import io.consigne.core.testing.AtOnce;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private static final CallRate QUOTA = CallRate.perSecond(3, 30);
  private static final Buckets.Id KEY =
      new Buckets.Id(new Subject.Key(new KeyId(1)), CallKind.CALL);

  private final TurnedTime time = new TurnedTime();
  private final Buckets buckets = new Buckets(time);

  @Test
  void bucket_givesWhatItHolds_thenAsFastAsItFills() {
    assertThat(takeAll()).isEqualTo(30);
    time.advance(Duration.ofMillis(333));
    assertThat(takeAll()).isZero();
    time.advance(Duration.ofMillis(1));
    assertThat(takeAll()).isEqualTo(1);
    time.advance(Duration.ofSeconds(2));
    assertThat(takeAll()).isEqualTo(6);
    time.advance(Duration.ofDays(1));
    assertThat(takeAll()).isEqualTo(30);
  }

  private int takeAll() {
    int taken = 0;
    while (buckets.take(KEY, QUOTA).taken()) {
      taken++;
    }
    return taken;
  }

  @Test
  void level_tellsWhenThereIsMore() {
    assertThat(buckets.take(KEY, QUOTA))
        .isEqualTo(new Buckets.Level(true, 29, Duration.ZERO, Duration.ofNanos(333_333_333)));
    takeAll();
    Buckets.Level empty = buckets.take(KEY, QUOTA);
    assertThat(empty.taken()).isFalse();
    assertThat(empty.full()).isEqualTo(Duration.ofSeconds(10));
    time.advance(empty.next().minusNanos(10));
    assertThat(buckets.take(KEY, QUOTA).taken()).isFalse();
    time.advance(Duration.ofNanos(10));
    assertThat(buckets.take(KEY, QUOTA).taken()).isTrue();
  }

  @Test
  void givenBack_isThereAgain_butNeverTooMuch() {
    takeAll();
    buckets.giveBack(KEY, QUOTA);
    assertThat(takeAll()).isEqualTo(1);
    time.advance(Duration.ofDays(1));
    buckets.giveBack(KEY, QUOTA);
    assertThat(takeAll()).isEqualTo(30);
  }

  @Test
  void forgottenBucket_wouldBeFull() {
    takeAll();
    time.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(buckets.count()).isEqualTo(1);
    time.advance(Duration.ofSeconds(3));
    assertThat(buckets.count()).isZero();
    assertThat(takeAll()).isEqualTo(30);
  }

  @Test
  void threadsAtOnce_getNoMoreThanThereIs() throws Exception {
    var results = AtOnce.run(64, () -> takeAll());
    assertThat(results.stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
  }

  @Test
  void manyAddresses_takeBoundedMemory_andPushOutNoKey() {
    takeAll();
    for (int i = 0; i < 4 * Buckets.MOST; i++) {
      byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      buckets.take(new Buckets.Id(network(address), CallKind.CALL), QUOTA);
    }
    assertThat(buckets.count()).isBetween(2L, Buckets.MOST + 1L);
    assertThat(takeAll()).isZero();
  }

  private static Subject network(byte[] address) {
    try {
      return Subject.Network.of(InetAddress.getByAddress(address));
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void network_isTheAddress_orThe64OfIpv6() {
    assertThat(name("192.0.2.7")).isEqualTo("address:192.0.2.7");
    assertThat(name("2001:db8:1:2:3::4")).isEqualTo("address:20010db800010002/64");
    assertThat(name("2001:db8:1:2:ffff:ffff:ffff:ffff")).isEqualTo(name("2001:db8:1:2::"));
    assertThat(name("2001:db8:1:3::4")).isNotEqualTo(name("2001:db8:1:2::4"));
    assertThat(name("::ffff:192.0.2.7")).isEqualTo("address:192.0.2.7");
  }

  private static String name(String address) {
    return Subject.Network.of(InetAddress.ofLiteral(address)).name();
  }
}
