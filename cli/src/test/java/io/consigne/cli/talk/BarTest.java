package io.consigne.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.transfer.TransferEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BarTest {
  private final StringWriter screen = new StringWriter();

  private Bar bar(boolean watched) {
    return new Bar(new PrintWriter(screen), watched);
  }

  @Test
  void line_tellsFilesBytesSpeedAndTimeLeft() {
    Bar bar = bar(true);
    bar.expect(2, 4096);
    bar.seen(new TransferEvent.Begun("a", 1024, 0));
    bar.seen(new TransferEvent.Moved("a", 1024));
    bar.seen(new TransferEvent.Ended("a"));
    bar.seen(new TransferEvent.Begun("b\u001b[2J", 3072, 0));
    bar.seen(new TransferEvent.Moved("b\u001b[2J", 1024));
    assertThat(bar.text(Duration.ofSeconds(2)))
        .isEqualTo("1/2  2.0 KiB of 4.0 KiB  1.0 KiB/s  ETA 0:02  b?[2J 33 %");
  }

  /** What was there before is no speed. */
  @Test
  void resumedBytes_doNotCountAsSpeed() {
    Bar bar = bar(true);
    bar.expect(1, 4096);
    bar.seen(new TransferEvent.Begun("a", 4096, 3072));
    assertThat(bar.text(Duration.ofSeconds(1)))
        .isEqualTo("0/1  3.0 KiB of 4.0 KiB  0 B/s  ETA -:--  a 75 %");
  }

  @Test
  void nobodyWatching_nothingIsDrawn() {
    Bar bar = bar(false);
    bar.expect(1, 1);
    bar.seen(new TransferEvent.Begun("a", 1, 0));
    bar.clear();
    assertThat(screen.toString()).isEmpty();
  }

  @Test
  void asides_standOnLinesOfTheirOwn() {
    Bar bar = bar(true);
    bar.expect(1, 1);
    bar.seen(new TransferEvent.Begun("a", 1, 0));
    bar.aside(() -> screen.append("word\n"));
    assertThat(screen.toString()).endsWith("\r\u001b[Kword\n");
  }
}
