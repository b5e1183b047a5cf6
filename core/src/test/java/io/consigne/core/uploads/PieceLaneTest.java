package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.ids.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Contents that are worked on at the same time, and work that fails. */
class PieceLaneTest {
  private static final int PIECES = 1_000;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final StringBuilder seen = new StringBuilder();
  private int done;

  @Test
  void contentThatNeverPauses_doesNotKeepAnotherWaiting() {
    feed(new PieceLane(tasks::add, bytes -> {}));
    CompletableFuture<String> other = new HashLane(tasks::add).end();

    while (!other.isDone()) {
      tasks.remove().run();
    }
    assertThat(done).isLessThan(PIECES);
    assertThat(other).isCompletedWithValue(Sha256.hex(""));
  }

  @Test
  void pieces_areHashedInOrder() {
    var lane = new HashLane(tasks::add);
    lane.add(piece("ab"), () -> {});
    lane.add(piece("c"), () -> {});
    CompletableFuture<String> sum = lane.end();

    runAll();
    assertThat(sum).isCompletedWithValue(Sha256.hex("abc"));
  }

  /** Else the upload would wait for ever, with its memory. */
  @Test
  void workThatFails_failsTheEnd_andLetsThePiecesGo() {
    var lane = new PieceLane(tasks::add, this::refuseB);
    for (String text : new String[] {"a", "b", "c"}) {
      lane.add(piece(text), () -> done++);
    }
    lane.requireSound();
    CompletableFuture<?> end = lane.done();

    runAll();
    assertThat(done).isEqualTo(3);
    assertThat(seen).hasToString("a");
    assertThatThrownBy(end::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("b is refused");
    assertThatThrownBy(lane::requireSound).hasMessage("b is refused");
  }

  /** Else the upload, and all the memory that it received into, would wait for ever. */
  @Test
  void machineWithoutThreads_doesTheWorkOnTheCallers() {
    var lane =
        new PieceLane(
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            },
            this::read);
    for (int i = 0; i < 20; i++) {
      lane.add(piece("a"), () -> done++);
    }

    assertThat(done).isEqualTo(20);
    assertThat(seen).hasToString("a".repeat(20));
    assertThat(lane.done()).isCompleted();
    lane.abandon();
  }

  /** Else a file would be closed, or cut, under the hands of who writes to it. */
  @Test
  void abandonedWork_hasStopped_whenTheCallReturns() throws Exception {
    var begun = new Semaphore(0);
    var goOn = new Semaphore(0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var lane =
          new PieceLane(
              threads,
              bytes -> {
                begun.release();
                goOn.acquireUninterruptibly();
                read(bytes);
              });
      lane.add(piece("a"), () -> done++);
      lane.add(piece("b"), () -> done++);
      begun.acquire();
      var abandoning = threads.submit(lane::abandon);
      assertThat(abandoning.isDone()).isFalse();
      goOn.release(2);
      abandoning.get(1, TimeUnit.MINUTES);
      assertThat(seen.toString()).startsWith("a");
      assertThat(done).isEqualTo(2);
    }
  }

  /** A host that stops ends the work that it has begun. */
  @Test
  void executorThatTakesNoMore_leavesNoPiece() {
    var lane = new PieceLane(this::takeOne, this::read);
    for (int i = 0; i < 100; i++) {
      lane.add(piece("x"), () -> done++);
    }
    runAll();
    assertThat(done).isEqualTo(100);
    assertThat(seen).hasSize(100);
  }

  private void takeOne(Runnable task) {
    if (done > 0) {
      throw new RejectedExecutionException();
    }
    tasks.add(task);
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private void refuseB(ByteBuffer bytes) {
    if (bytes.get(bytes.position()) == 'b') {
      throw new IllegalArgumentException("b is refused");
    }
    read(bytes);
  }

  private void read(ByteBuffer bytes) {
    seen.append(StandardCharsets.US_ASCII.decode(bytes));
  }

  private static ByteBuffer piece(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Adds a piece, and the next whenever one is done. */
  private void feed(PieceLane lane) {
    if (done < PIECES) {
      done++;
      lane.add(ByteBuffer.allocate(1), () -> feed(lane));
    }
  }
}
