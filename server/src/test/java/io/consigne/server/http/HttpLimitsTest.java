package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A limit is changed on purpose, here too, or not at all. */
class HttpLimitsTest {
  @Test
  void table_holdsTheseLimits() {
    assertThat(HttpLimits.DEFAULTS)
        .hasToString(
            "HttpLimits[head=Head[bytes=16384, headers=100, time=PT20S],"
                + " body=Body[idle=PT1M, slowestBytes=4096, drain=PT1H],"
                + " idleWrite=PT5M, keepAlive=PT1M40S,"
                + " connections=Connections[most=2048, sharePercent=67,"
                + " slow=Slow[scarcePercent=80, bytes=307200, time=PT5M]]]");
    assertThat(HttpLimits.REFUSED_BODY_BYTES).isEqualTo(67_108_864);
    assertThat(HttpLimits.LINGER_BYTES).isEqualTo(16_777_216);
    assertThat(HttpLimits.SOCKET_BUFFER_BYTES).isEqualTo(32_768);
    assertThat(HttpLimits.FORM_FIELDS).isEqualTo(1_000);
    assertThat(HttpLimits.OWN_CERTIFICATE_LIFE).isEqualTo(Duration.ofDays(820));
    assertThat(HttpLimits.OWN_CERTIFICATE_LEFT).isEqualTo(Duration.ofDays(30));
  }
}
