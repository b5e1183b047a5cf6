package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.model.ApiKey;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who watches answers cannot leave them open. */
class ObserverTest {
  /** Answers nothing, and counts what is left open. */
  private static final class Counting implements Transport {
    private final AtomicInteger open = new AtomicInteger();

    @Override
    public WireAnswer send(WireRequest request) {
      open.incrementAndGet();
      var body =
          new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
              open.decrementAndGet();
            }
          };
      return new WireAnswer(200, HttpHeaders.of(Map.of(), (_, _) -> true), body);
    }

    @Override
    public void close() {}
  }

  @Test
  void failingObserver_leavesNoAnswerOpen() {
    var transport = new Counting();
    Wire.Observer failing =
        head -> {
          throw new IOException("no room for the budget");
        };
    var endpoint = Endpoint.of(URI.create("https://files.example.org"), new ApiKey("key"));
    var wire = new Wire(endpoint, transport, "test", failing);
    assertThatThrownBy(() -> wire.send(AccountCalls.info())).hasMessage("no room for the budget");
    assertThat(transport.open).hasValue(0);
  }
}
