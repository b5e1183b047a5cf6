package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A laboratory for sources that do what no decent server does. */
abstract class HostileSource {
  static final String OK = "HTTP/1.1 200 OK\r\n";

  final Lab lab = new Lab();
  final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void end() {
    over.countDown();
    lab.close();
  }

  static void flood(OutputStream out, String begin, String piece) throws IOException {
    out.write(begin.getBytes(ISO_8859_1));
    byte[] pieces = piece.repeat(20_000 / piece.length()).getBytes(ISO_8859_1);
    while (true) {
      out.write(pieces);
    }
  }

  void drip(OutputStream out, String begin, String piece) throws IOException {
    out.write(begin.getBytes(ISO_8859_1));
    while (over.getCount() > 0) {
      out.write(piece.getBytes(ISO_8859_1));
      pause(Duration.ofMillis(20));
    }
  }

  void await() {
    pause(Duration.ofMinutes(1));
  }

  /** Until the test is over, but no longer. */
  void pause(Duration time) {
    try {
      over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  SourceException openRefusal(HostileServer server) {
    return openRefusal(lab, server);
  }

  static SourceException openRefusal(Lab lab, HostileServer server) {
    SourceException refusal =
        catchThrowableOfType(SourceException.class, () -> lab.open(server.url("/a.zip")).close());
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
