package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that are too slow, or do not answer at all; and ending the wait for them. */
@Timeout(30)
final class StalledSourceTest extends HostileSource {
  @Test
  void silence_endsInTime() throws IOException {
    try (HostileServer server = HostileServer.web((_, _) -> await())) {
      SourceException refusal = lab.refusal(server.url("/a.zip"));
      assertThat(refusal).hasMessage("The source did not answer within 2.0 seconds");
      assertThat(refusal.reason()).isEqualTo(Reason.STALLED);
      assertThat(refusal.again()).isTrue();
    }
  }

  /** Each single wait is short, and all of them together would never end. */
  @Test
  void dripInTheHead_endsInTime() throws IOException {
    try (HostileServer server = HostileServer.web((_, out) -> drip(out, OK, "X"))) {
      assertThat(lab.refusal(server.url("/a.zip")))
          .hasMessage("The source did not answer within 2.0 seconds");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "Content-Length: 900000\r\n\r\n"})
  void dripInTheBody_endsInTime(String head) throws IOException {
    try (HostileServer server = HostileServer.web((_, out) -> drip(out, OK + head, "x"))) {
      assertDripEnds(server);
    }
  }

  @Test
  void dripOfChunks_endsInTime() throws IOException {
    String head = OK + "Transfer-Encoding: chunked\r\n\r\n";
    try (HostileServer server = HostileServer.web((_, out) -> drip(out, head, "1\r\nx\r\n"))) {
      assertDripEnds(server);
    }
  }

  /** Much is sent, but next to nothing of it belongs to the file. */
  @Test
  void chunkThatNeverBegins_endsInTime() throws IOException {
    String head = OK + "Transfer-Encoding: chunked\r\n\r\n5;";
    try (HostileServer server = HostileServer.web((_, out) -> drip(out, head, "ext"))) {
      assertDripEnds(server);
    }
  }

  private void assertDripEnds(HostileServer server) {
    SourceException refusal = lab.refusal(server.url("/a.zip"));
    assertThat(refusal).hasMessage("The source sent less than 1000 bytes in 0.5 seconds");
    assertThat(refusal.reason()).isEqualTo(Reason.STALLED);
  }

  /** A slow source that goes on is no stalled one: this takes three times the limit. */
  @Test
  void slowSourceThatGoesOn_isHeardToTheEnd() throws IOException {
    try (HostileServer server =
        HostileServer.web((_, out) -> {
          out.write((OK + "\r\n").getBytes(ISO_8859_1));
          for (int piece = 0; piece < 10; piece++) {
            out.write("x".repeat(1000).getBytes(ISO_8859_1));
            pause(Duration.ofMillis(150));
          }
        })) {
      assertThat(lab.bytes(server.url("/a.zip"))).hasSize(10_000);
    }
  }

  @Test
  void nobodyAtThePort_isUnreachable() throws IOException {
    var gone = new Witness(HostileServer.ADDRESS);
    gone.close();
    SourceException refusal =
        lab.refusal("http://" + HostileServer.ADDRESS + ":" + gone.port() + "/");
    assertThat(refusal).hasMessage("127.0.0.2 cannot be reached");
    assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void unknownName_isSaid() {
    SourceException refusal = lab.refusal("http://nobody.invalid/");
    assertThat(refusal)
        .hasMessage("No address to which this host may go is known of nobody.invalid");
    assertThat(refusal.again()).isTrue();
  }

  @Test
  void nameSystemThatDoesNotAnswer_isNotWaitedFor() {
    var impatient = new FetchLimits.Addresses(1, Duration.ofMillis(500), 4, Duration.ofSeconds(10));
    Names silent =
        _ -> {
          await();
          throw new AssertionError("nobody waits for this");
        };
    try (var names = new Lookups(silent, impatient)) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class,
                  () -> names.by(null).addresses(SourceUrl.parse("http://example.org/"))))
          .hasMessage("The name system says nothing about example.org");
    }
  }

  @Test
  @SuppressWarnings("try")
  void closing_endsAReadOfAnotherThread() throws Exception {
    try (Lab patient = Lab.patient();
        HostileServer server =
            HostileServer.web((_, out) -> {
              out.write((OK + "Content-Length: 10\r\n\r\nhello").getBytes(ISO_8859_1));
              await();
            });
        Fetched fetched = patient.open(server.url("/a.zip"))) {
      assertThat(fetched.body().readNBytes(5)).hasSize(5);
      var seen = new AtomicReference<SourceException>();
      Thread reader = Thread.ofVirtual().start(() -> seen.set(readRefusal(fetched.body())));
      fetched.close();
      assertThat(reader.join(Duration.ofSeconds(5))).isTrue();
      assertThat(seen.get().reason()).isEqualTo(Reason.STOPPED);
      assertThat(readRefusal(fetched.body()).reason()).isEqualTo(Reason.STOPPED);
    }
  }

  private static SourceException readRefusal(InputStream body) {
    return catchThrowableOfType(SourceException.class, body::read);
  }

  @Test
  void interrupting_endsTheOpening() throws Exception {
    var asked = new CountDownLatch(1);
    try (Lab patient = Lab.patient();
        HostileServer server =
            HostileServer.web((_, _) -> {
              asked.countDown();
              await();
            })) {
      var seen = new AtomicReference<SourceException>();
      Thread opener = Thread.ofVirtual().start(() -> seen.set(openRefusal(patient, server)));
      asked.await();
      opener.interrupt();
      assertThat(opener.join(Duration.ofSeconds(5))).isTrue();
      assertThat(seen.get().reason()).isEqualTo(Reason.STOPPED);
    }
  }
}
