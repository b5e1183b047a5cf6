package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that a newer program wrote is refused as such, and is no damage. */
class NewerRecordTest {
  private static final int LENGTH = 1000;
  private static final int FOOTER = LENGTH + RecordFormat.SUM_BYTES;
  private static final int VERSION = FOOTER + 8;

  private final MemoryBlobs blobs = new MemoryBlobs(new Random(1));
  private Segment segment;

  @BeforeEach
  void keep() {
    segment = StoredBytes.keep(blobs, StoredBytes.random(1, LENGTH));
  }

  private void setVersion(int version, boolean sound) {
    byte[] bytes = blobs.file(segment.storeFile()).toArray();
    ByteBuffer.wrap(bytes).putInt(VERSION, version);
    if (sound) {
      var crc = new CRC32C();
      crc.update(bytes, FOOTER, RecordFormat.FOOTER_BYTES - RecordFormat.SUM_BYTES);
      ByteBuffer.wrap(bytes).putInt(bytes.length - RecordFormat.SUM_BYTES, (int) crc.getValue());
    }
    blobs.file(segment.storeFile()).set(bytes);
  }

  private Failure failure() {
    var thrown = new Failure[1];
    assertThatThrownBy(() -> StoredBytes.read(blobs, segment))
        .isInstanceOfSatisfying(FailureException.class, e -> thrown[0] = e.failure());
    return thrown[0];
  }

  @Test
  void newerVersion_isRefusedAsSuch() {
    setVersion(2, true);
    assertThat(failure()).isInstanceOf(Failure.Unavailable.class);
    assertThat(failure().message())
        .isEqualTo("The stored content was written by a newer version of this program");
  }

  /** A backup listed it as damaged, and was complete without it. */
  @Test
  void newerVersion_isNotLeftOutOfACopy(@TempDir Path directory) {
    setVersion(2, true);
    var copy = new StoreCopy(directory);
    assertThatThrownBy(() -> copy.copy(List.of(segment), blobs, bytes -> {}))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Unavailable.class));
    copy.kept().close();
  }

  @Test
  void damagedVersion_isRot() {
    setVersion(2, false);
    assertThat(failure()).isInstanceOf(Failure.Rotten.class);
    setVersion(0, true);
    assertThat(failure()).isInstanceOf(Failure.Rotten.class);
  }
}
