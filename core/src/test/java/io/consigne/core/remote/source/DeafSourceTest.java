package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.consigne.core.ids.AccountId;
import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources that let us in, and then read nothing of what they are asked. */
@Timeout(value = 30, threadMode = SEPARATE_THREAD)
final class DeafSourceTest extends HostileSource {
  private static final AccountId ASKER = new AccountId(1);

  /** More than the buffers of two sockets hold. */
  private static final byte[] LONG = new byte[32 << 20];

  /** As long as the address and the headers of a fetch may be. */
  private static final byte[] REQUEST = new byte[4096 + SourceLimits.HEADERS_LENGTH];

  /** Connects with buffers that do not hold a request. */
  private static GuardedSocket connected(HostileServer server) throws IOException {
    var patience = new Patience(Lab.POLICY.limits().waits(), System::nanoTime);
    var socket = new GuardedSocket(_ -> {}, patience, Long.MAX_VALUE);
    socket.setSendBufferSize(1);
    InetAddress address = InetAddress.ofLiteral(HostileServer.ADDRESS);
    socket.connect(new InetSocketAddress(address, server.port()), 5000);
    return socket;
  }

  private HostileServer deaf() throws IOException {
    return HostileServer.ofSmallWindow(_ -> await());
  }

  @Test
  void textThatIsNotTaken_isGivenUpInTime() throws IOException {
    try (HostileServer server = deaf()) {
      SourceException refusal = postRefusal(server);
      assertThat(refusal).hasMessage("The source did not answer within 2.0 seconds");
      assertThat(refusal.reason()).isEqualTo(Reason.STALLED);
      assertThat(refusal.again()).isTrue();
    }
  }

  private SourceException postRefusal(HostileServer server) {
    SourceUrl url = SourceUrl.parse(server.url("/hook"));
    return catchThrowableOfType(
        SourceException.class, () -> lab.sources.post(ASKER, url, SourceHeaders.NONE, LONG));
  }

  @Test
  void requestThatIsNotTaken_isGivenUpInTime() throws IOException {
    try (HostileServer server = deaf();
        GuardedSocket socket = connected(server)) {
      OutputStream out = socket.getOutputStream();
      assertThatThrownBy(() -> out.write(REQUEST))
          .hasMessage("The source did not answer within 2.0 seconds");
      assertThat(socket.isClosed()).isTrue();
    }
  }

  /** Each single byte is taken at once, and all of them together would never end. */
  @Test
  void requestThatIsTakenByDrips_isGivenUpInTime() throws IOException {
    try (HostileServer server =
            HostileServer.ofSmallWindow(socket -> {
              while (over.getCount() > 0 && socket.getInputStream().read() >= 0) {
                pause(Duration.ofMillis(20));
              }
            });
        GuardedSocket socket = connected(server)) {
      OutputStream out = socket.getOutputStream();
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write("NOOP\r\n".getBytes(US_ASCII));
                }
              })
          .hasMessage("The source did not answer within 2.0 seconds");
    }
  }

  @Test
  void connectionThatBreaks_isNotTakenForAStall() throws IOException {
    try (HostileServer server =
            HostileServer.ofSmallWindow(socket -> {
              assertThat(socket.getInputStream().read()).isNotNegative();
              socket.setSoLinger(true, 0);
            });
        GuardedSocket socket = connected(server)) {
      OutputStream out = socket.getOutputStream();
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(REQUEST);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void interrupting_endsTheSending() throws Exception {
    var asked = new CountDownLatch(1);
    try (HostileServer server =
        HostileServer.ofSmallWindow(_ -> {
          asked.countDown();
          await();
        })) {
      var seen = new AtomicReference<SourceException>();
      Thread sender = Thread.ofVirtual().start(() -> seen.set(postRefusal(server)));
      asked.await();
      sender.interrupt();
      assertThat(sender.join(Duration.ofSeconds(1))).isTrue();
      assertThat(seen.get().reason()).isEqualTo(Reason.STOPPED);
    }
  }
}
