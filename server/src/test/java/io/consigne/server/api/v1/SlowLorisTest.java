package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.Uploading.field;
import static io.consigne.server.api.v1.Uploading.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.LogCapture;
import io.consigne.server.http.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of clients that send a byte now and then, in headers, JSON and uploads: each is cut off
 * in bounded time, while uploads that are slow but come are kept, and all others are answered.
 */
@Timeout(180)
class SlowLorisTest {
  private static final String ALICE = "alice@example.org";
  private static final int EACH = 150;
  private static final int SLOW_UPLOADS = 5;
  private static final Duration WINDOW = Duration.ofSeconds(3);
  private static final Duration BOUND = WINDOW.multipliedBy(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static HttpLimits limits() {
    HttpLimits d = HttpLimits.DEFAULTS;
    return new HttpLimits(
        new HttpLimits.Head(d.head().bytes(), d.head().headers(), WINDOW),
        new HttpLimits.Body(WINDOW, 1024, d.body().drain()),
        d.idleWrite(),
        d.keepAlive(),
        d.connections());
  }

  @Test
  void drips_areCutOffAndEverybodyElseGoesOn(@TempDir Path folder) throws Exception {
    try (var log = new LogCapture();
        var host = new WiredHost(folder, limits(), true);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      host.account(ALICE);
      Future<List<Long>> drips = threads.submit(() -> drip(begun(host)));
      var uploads = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < SLOW_UPLOADS; i++) {
        uploads.add(threads.submit(slowUpload(host)));
      }
      long slowest = probe(host, drips);
      for (Future<Boolean> upload : uploads) {
        assertThat(upload.get()).isTrue();
      }
      List<Long> cut = drips.get();
      long longest = cut.stream().mapToLong(Long::longValue).max().orElseThrow();
      assertThat(cut).hasSize(3 * EACH);
      assertThat(Duration.ofNanos(longest)).isLessThan(BOUND);
      System.out.printf(
          "loris: %d drips cut off within %d ms (a window is %d ms), %d slow uploads kept, slowest"
              + " answer to others %d ms%n",
          cut.size(), longest / 1_000_000, WINDOW.toMillis(), SLOW_UPLOADS, slowest / 1_000_000);
      assertThat(log.lines()).isEmpty();
    }
  }

  private static List<Wire> begun(WiredHost host) throws IOException {
    var wires = new ArrayList<Wire>();
    String upload = "POST /upload.cgi HTTP/1.1|Host: a|" + Uploading.TYPE + host.bearer(ALICE);
    for (int i = 0; i < EACH; i++) {
      wires.add(new Wire(host.port()).send("GET / HTTP/1.1|Host: a|X-Long: "));
      wires.add(
          new Wire(host.port())
              .send("POST /v1/user/info.cgi HTTP/1.1|Host: a|Content-Type: application/json|")
              .send(host.bearer(ALICE) + "Content-Length: 100000||{"));
      wires.add(
          new Wire(host.port())
              .send(upload + "Content-Length: 100000||")
              .send((i % 2 == 0 ? file("a") : "--edge").getBytes(UTF_8)));
    }
    return wires;
  }

  /** Sends a byte to each in turn until all are cut off; how long that took, for each. */
  private static List<Long> drip(List<Wire> wires) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var cut = new ArrayList<Long>();
    while (!wires.isEmpty() && System.nanoTime() - begin < BOUND.toNanos()) {
      for (Wire wire : List.copyOf(wires)) {
        if (isCutOff(wire)) {
          wires.remove(wire);
          wire.close();
          cut.add(System.nanoTime() - begin);
        }
      }
      Thread.sleep(PAUSE);
    }
    for (Wire wire : wires) {
      wire.close();
    }
    return cut;
  }

  private static boolean isCutOff(Wire wire) {
    try {
      wire.send("x");
      return false;
    } catch (IOException cutOff) {
      return true;
    }
  }

  /** Five times as fast as it must be, and three windows long. */
  private static Callable<Boolean> slowUpload(WiredHost host) {
    return () -> {
      byte[] body =
          Uploading.body(field("did", "0"), "slow.bin", "slow ".repeat(10_000).getBytes(UTF_8));
      try (Wire wire = new Wire(host.port())) {
        wire.send("POST /upload.cgi HTTP/1.1|Host: a|" + Uploading.TYPE)
            .send(host.bearer(ALICE) + "Content-Length: " + body.length + "||");
        for (int sent = 0; sent < body.length; sent += 500) {
          wire.send(Arrays.copyOfRange(body, sent, Math.min(body.length, sent + 500)));
          Thread.sleep(PAUSE);
        }
        return wire.head().startsWith("HTTP/1.1 302");
      }
    };
  }

  /** Calls and small uploads while it lasts; the time of the slowest. */
  private static long probe(WiredHost host, Future<?> until) throws Exception {
    long slowest = 0;
    while (!until.isDone()) {
      long begin = System.nanoTime();
      try (var alice = new Uploading(host, ALICE)) {
        assertThat(alice.call("user/info.cgi", "{}").status()).isEqualTo(200);
        assertThat(alice.post(Uploading.body("", "quick", new byte[10])).status()).isEqualTo(302);
      }
      slowest = Math.max(slowest, System.nanoTime() - begin);
      Thread.sleep(PAUSE);
    }
    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(10));
    return slowest;
  }
}
