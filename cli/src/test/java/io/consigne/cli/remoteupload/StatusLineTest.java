package io.consigne.cli.remoteupload;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteFetch.Progress;
import io.consigne.client.model.RemoteFetch.State;
import io.consigne.client.model.RemoteUpload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bar of a wait says of what is left no more than the host knows. */
final class StatusLineTest {
  private static final RemoteUpload REQUEST =
      new RemoteUpload(7, Instant.parse("2026-03-02T10:00:00Z"), null);

  private static RemoteFetch fetch(State state, long bytes, @Nullable Long total, long speed) {
    var progress = new Progress(bytes, total, speed, null);
    return new RemoteFetch("https://example.org/a", state, "a", progress, null, null, "");
  }

  private static String text(RemoteFetch... fetches) {
    return StatusLine.text(new RemoteUpload.Details(REQUEST, List.of(fetches)));
  }

  @Test
  void lengthsThatAreKnown_fillTheBar() {
    assertThat(
            text(
                fetch(State.DONE, 1024, 1024L, 0),
                fetch(State.RUNNING, 1024, 3072L, 512),
                fetch(State.FAILED, 0, 9_000_000L, 0)))
        .isEqualTo("[============            ] 2/3  2.0 KiB of 4.0 KiB  512 B/s  ETA 0:04");
  }

  /** A full bar and no time left, while it ran. */
  @Test
  void lengthThatNobodyKnows_isNotThatOfWhatCame() {
    RemoteFetch chunked = fetch(State.RUNNING, 2048, null, 512);
    String empty = " ".repeat(24);
    assertThat(text(chunked)).isEqualTo("[" + empty + "] 0/1  2.0 KiB of ?  512 B/s  ETA -:--");
    assertThat(text(chunked, fetch(State.RUNNING, 0, 1024L, 512)))
        .isEqualTo("[" + empty + "] 0/2  2.0 KiB of ?  1.0 KiB/s  ETA -:--");
    assertThat(text(fetch(State.QUEUED, 0, null, 0)))
        .isEqualTo("[" + empty + "] 0/1  0 B of ?  0 B/s  ETA -:--");
  }

  @Test
  void lengthOfWhatHasEnded_isWhatCame() {
    assertThat(text(fetch(State.DONE, 1024, null, 0)))
        .isEqualTo("[" + "=".repeat(24) + "] 1/1  1.0 KiB of 1.0 KiB  0 B/s  ETA -:--");
  }
}
