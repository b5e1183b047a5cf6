package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.remote.source.SourceException.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What counts as waiting, and when it was enough. */
final class PatienceTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final FetchLimits.Waits limits = FetchLimits.DEFAULT.waits();
  private final Patience patience = new Patience(limits, now::get);

  @Test
  void answer_hasToComeInTime() throws SourceException {
    assertThat(patience.millisLeft()).isEqualTo(60_001);
    pass(Duration.ofSeconds(59));
    assertThat(patience.millisLeft()).isEqualTo(1001);
    pass(Duration.ofSeconds(1));
    assertThatThrownBy(patience::millisLeft)
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STALLED))
        .hasMessage("The source did not answer within 60.0 seconds");
  }

  @Test
  void enoughOfTheFile_buysTime_andADripDoesNot() throws SourceException {
    patience.file();
    read(Duration.ofSeconds(50), limits.stallBytes());
    assertThat(patience.millisLeft()).isEqualTo(60_001);
    read(Duration.ofSeconds(30), limits.stallBytes() - 1);
    read(Duration.ofSeconds(29), 0);
    assertThat(patience.millisLeft()).isEqualTo(1001);
    read(Duration.ofSeconds(1), 0);
    assertThatThrownBy(patience::millisLeft)
        .hasMessage("The source sent less than 16384 bytes in 60.0 seconds");
  }

  @Test
  void timeOfTheReader_doesNotCount() throws SourceException {
    patience.file();
    read(Duration.ofSeconds(59), 1);
    pass(Duration.ofDays(1));
    patience.resume();
    assertThat(patience.millisLeft()).isEqualTo(1001);
  }

  private void read(Duration wait, int bytes) {
    patience.resume();
    pass(wait);
    patience.pause(bytes);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
