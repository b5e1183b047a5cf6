package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few bytes a second, of downloads that held all connections for hours. */
@Timeout(60)
class SlowTakersTest {
  private static final HttpLimits.Slow LIMITS = HttpLimits.DEFAULTS.connections().slow();
  private static final Duration TIME = LIMITS.time();
  private static final int LEAST = LIMITS.bytes();

  private boolean scarce = true;
  private final SlowTakers takers = new SlowTakers(LIMITS, () -> scarce);
  private final Taker taker = new Taker();

  SlowTakersTest() {
    takers.begin(taker);
  }

  private void assertEnded(boolean ended) {
    takers.look();
    assertThat(taker.ended).isEqualTo(ended);
  }

  @Test
  void answerThatHardlyMoves_isEnded_whenItsTimeIsOver() {
    taker.take(TIME.minusMillis(1), LEAST - 2);
    assertEnded(false);
    taker.take(Duration.ofMillis(1), 1);
    assertEnded(true);
  }

  /** Also in the middle of a write that does not end. */
  @Test
  void answerThatDoesNotMove_isEnded() {
    taker.taking.begin();
    taker.nanos.addAndGet(TIME.toNanos());
    assertEnded(true);
  }

  @Test
  void answerThatMoves_goesOn_untilItHardlyDoes() {
    for (int i = 0; i < 3; i++) {
      taker.take(TIME, LEAST);
      assertEnded(false);
    }
    taker.take(TIME, LEAST - 1);
    assertEnded(true);
  }

  /** What the host takes its time for is no fault of the client. */
  @Test
  void timeInWhichNothingIsWritten_doesNotCount() {
    taker.nanos.addAndGet(TIME.multipliedBy(10).toNanos());
    assertEnded(false);
  }

  @Test
  void answers_goOn_whileThereAreConnections_andWhenTheyAreOver() {
    scarce = false;
    taker.take(TIME.multipliedBy(10), 1);
    assertEnded(false);
    scarce = true;
    takers.end(taker);
    assertEnded(false);
  }

  @Test
  void listener_endsIt_whenFourOfFiveConnectionsAreTaken() throws Exception {
    var ended = new CompletableFuture<IOException>();
    HttpLimits d = HttpLimits.DEFAULTS;
    var slow = new HttpLimits.Slow(80, 1 << 20, Duration.ofMillis(300));
    var connections = new HttpLimits.Connections(5, 100, slow);
    var limits = new HttpLimits(d.head(), d.body(), d.idleWrite(), d.keepAlive(), connections);
    try (Listener listener = Listening.within(limits, exchange -> endless(exchange, ended))) {
      List<Wire> wires = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        wires.add(new Wire(listener));
      }
      wires.getFirst().send("GET / HTTP/1.1|Host: a||");
      assertThat(ended.get()).isInstanceOf(ClientGoneException.class);
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }

  private static void endless(Exchange exchange, CompletableFuture<IOException> ended)
      throws IOException {
    try {
      while (true) {
        exchange.write(ByteBuffer.allocateDirect(1 << 16));
      }
    } catch (IOException e) {
      ended.complete(e);
      throw e;
    }
  }

  /** A client that takes what a test says. */
  private static final class Taker implements SlowTakers.Answer {
    private final AtomicLong nanos = new AtomicLong();
    private final Taking taking = new Taking(nanos::get);
    private boolean ended;

    void take(Duration time, int bytes) {
      taking.begin();
      nanos.addAndGet(time.toNanos());
      taking.end(bytes);
    }

    @Override
    public Taking taking() {
      return taking;
    }

    @Override
    public void hangUp() {
      ended = true;
    }
  }
}
