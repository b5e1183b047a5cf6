package io.consigne.e2e.rot;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.e2e.HostDatabase.Run;
import java.util.Arrays;

/** A file of a host, and how it is downloaded. */
final class Served {
  private static final int BLOCK_BYTES = 65_536;

  private final byte[] content;
  private final String address;
  private final Run run;

  /**
   * A file that has its bytes in one place.
   *
   * @param address from which they are downloaded
   * @param run where they are stored
   */
  Served(byte[] content, String address, Run run) {
    this.content = content;
    this.address = address;
    this.run = run;
  }

  /** Where the bytes are stored. */
  Run run() {
    return run;
  }

  /** From where the bytes are downloaded. */
  String address() {
    return address;
  }

  /** The download is whole and right. */
  void assertWhole() {
    assertThat(Download.of(address)).isEqualTo(new Download(200, new Bytes(content), true));
  }

  /** The download is refused, or breaks off before a wrong byte. */
  void assertNotWhole() {
    Download download = Download.of(address);
    if (download.status() == 200) {
      assertThat(download.whole()).as("an answer that came to its end").isFalse();
      assertThat(download.received().begin(content)).as("what came before is right").isTrue();
    } else {
      assertThat(download.status()).isEqualTo(503);
    }
  }

  /**
   * The blocks beside a damaged byte are served, those with it are not; none is if the byte belongs
   * to the footer.
   */
  void assertRanges(long damagedPosition) {
    long damaged = block(damagedPosition);
    long blocks = (run.length() + BLOCK_BYTES - 1) / BLOCK_BYTES;
    for (long block = Math.max(0, damaged - 1); block < Math.min(blocks, damaged + 2); block++) {
      assertRange(block, damaged < blocks && block != damaged);
    }
    assertRange(0, damaged < blocks && damaged != 0);
  }

  private void assertRange(long block, boolean sound) {
    long from = block * BLOCK_BYTES;
    long to = Math.min(content.length, from + BLOCK_BYTES);
    Download download = Download.of(address, from, to);
    if (sound) {
      assertThat(download)
          .isEqualTo(
              new Download(
                  206, new Bytes(Arrays.copyOfRange(content, (int) from, (int) to)), true));
    } else {
      assertThat(download.status()).as("block " + block).isEqualTo(503);
    }
  }

  /** The block that a byte of the record belongs to; beyond the last one for the footer. */
  private long block(long position) {
    long at = position - run.offset();
    return at < run.length() ? at / BLOCK_BYTES : (at - run.length()) / Integer.BYTES;
  }
}
