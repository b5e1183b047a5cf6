package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.keep;
import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link MemoryBlobs} keeps the contract. */
class MemoryBlobsTest extends BlobsContract {
  private final Blobs memory = new MemoryBlobs(new Random(1));

  /** The same object: memory does not outlive it. */
  @Override
  Blobs open() {
    return memory;
  }

  /** Memory does not wait, so that an interrupt changes nothing. */
  @Override
  @Test
  void thread_interrupted_keepsAndReadsNothing() {
    Thread.currentThread().interrupt();
    assertThat(read(memory, keep(memory, random(1, 10)))).isEqualTo(random(1, 10));
    assertThat(Thread.interrupted()).isTrue();
  }
}
