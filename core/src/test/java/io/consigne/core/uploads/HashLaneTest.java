package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.Sha256;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Contents that are hashed at the same time. */
class HashLaneTest {
  private static final int PIECES = 1_000;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private int added;

  @Test
  void contentThatNeverPauses_doesNotKeepAnotherWaiting() {
    var busy = new HashLane(tasks::add);
    feed(busy);
    CompletableFuture<String> other = new HashLane(tasks::add).end();

    while (!other.isDone()) {
      tasks.remove().run();
    }
    assertThat(added).isLessThan(PIECES);
    assertThat(other).isCompletedWithValue(Sha256.hex(""));
  }

  @Test
  void pieces_areHashedInOrder() {
    var lane = new HashLane(tasks::add);
    lane.add(ByteBuffer.wrap(new byte[] {'a', 'b'}), () -> {});
    lane.add(ByteBuffer.wrap(new byte[] {'c'}), () -> {});
    CompletableFuture<String> sum = lane.end();

    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    assertThat(sum).isCompletedWithValue(Sha256.hex("abc"));
  }

  /** Else the upload would wait for ever, with its memory. */
  @Test
  void bytesThatCannotBeRead_failTheHash_andAreLetGo() {
    ByteBuffer gone;
    try (Arena arena = Arena.ofConfined()) {
      gone = arena.allocate(1).asByteBuffer();
    }
    var lane = new HashLane(tasks::add);
    lane.add(gone, () -> added++);
    lane.add(ByteBuffer.allocate(1), () -> added++);
    CompletableFuture<String> sum = lane.end();

    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    assertThat(sum).isCompletedExceptionally();
    assertThat(added).isEqualTo(2);
  }

  /** Adds a piece, and the next whenever one is done. */
  private void feed(HashLane lane) {
    if (added < PIECES) {
      added++;
      lane.add(ByteBuffer.allocate(1), () -> feed(lane));
    }
  }
}
