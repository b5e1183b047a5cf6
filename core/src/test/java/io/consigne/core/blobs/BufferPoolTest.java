package io.consigne.core.blobs;

import static io.consigne.core.blobs.BufferPool.BUFFER_BYTES;
import static io.consigne.core.blobs.BufferPool.LARGE_BUFFERS;
import static io.consigne.core.blobs.BufferPool.SMALL_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two thousand slow downloads with a large buffer each once took all direct memory. */
final class BufferPoolTest {
  private final BufferPool pool = new BufferPool();

  @Test
  void readers_beyondTheLargeBuffers_getSmallOnes() {
    List<ByteBuffer> first = take(LARGE_BUFFERS);
    List<ByteBuffer> further = take(10);
    assertThat(first).allMatch(buffer -> buffer.capacity() == BUFFER_BYTES);
    assertThat(further).allMatch(buffer -> buffer.capacity() == SMALL_BYTES);
  }

  @Test
  void largeBuffers_areThereAgain_whenTheyWereGivenBack() {
    for (int round = 0; round < 3; round++) {
      List<ByteBuffer> taken = take(LARGE_BUFFERS);
      List<ByteBuffer> further = take(10);
      assertThat(taken).allMatch(buffer -> buffer.capacity() == BUFFER_BYTES);
      taken.forEach(pool::give);
      further.forEach(pool::give);
    }
  }

  @Test
  void buffer_thatWasGivenBack_isTakenAgain() {
    ByteBuffer buffer = pool.take();
    buffer.position(7).limit(9);
    pool.give(buffer);
    assertThat(pool.take()).isSameAs(buffer).isEqualTo(ByteBuffer.allocate(BUFFER_BYTES));
  }

  private List<ByteBuffer> take(int count) {
    var taken = new ArrayList<ByteBuffer>();
    for (int i = 0; i < count; i++) {
      taken.add(pool.take());
    }
    return taken;
  }
}
