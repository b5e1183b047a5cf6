package io.consigne.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.TransferFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BarTest {
  private static final Window WIDE = new Window(24, 83);

  private final StringWriter screen = new StringWriter();
  private final AtomicLong clock = new AtomicLong();
  private final Bar bar = new Bar(new PrintWriter(screen), null, clock::get);

  private TransferFile begin(String name, long sizeBytes, long doneBytes) {
    var file = new TransferFile(name, sizeBytes);
    bar.seen(new TransferEvent.Begun(file, doneBytes));
    return file;
  }

  private void move(TransferFile file, long bytes) {
    bar.seen(new TransferEvent.Moved(file, bytes));
  }

  @Test
  void lines_tellOfEachFileAndOfAll() {
    bar.expect(2, 4096);
    TransferFile a = begin("a", 1024, 0);
    move(a, 1024);
    bar.seen(new TransferEvent.Ended(a));
    TransferFile b = begin("b\u001b[2J", 3072, 0);
    clock.set(2_000_000_000L);
    move(b, 1024);
    assertThat(bar.lines(WIDE))
        .containsExactly(
            "b?[2J                            " + "  ━━━━━╌╌╌╌╌╌╌╌╌╌╌   33 %      512 B/s     0:04",
            "1/2  2.0 KiB of 4.0 KiB          "
                + "  ━━━━━━━━╌╌╌╌╌╌╌╌   50 %    1.0 KiB/s     0:02");
  }

  @Test
  void status_fitsTheWindow_andGivesWayToWhatIsSaid() {
    var watched = new Bar(new PrintWriter(screen), () -> new Window(24, 13), clock::get);
    watched.status("1/2  3 of 4 KiB");
    watched.aside(() -> screen.append("note\n"));
    assertThat(screen).hasToString("\r1/2  … KiB\u001b[J\r\u001b[Jnote\n");
    bar.status("nobody watches");
    assertThat(screen.toString()).doesNotContain("watches");
  }

  /** Both were one before, since they have one name. */
  @Test
  void filesOfOneName_areTwo() {
    bar.expect(2, 2000);
    move(begin("index.html", 1000, 0), 500);
    move(begin("index.html", 1000, 0), 250);
    assertThat(bar.lines(WIDE)).hasSize(3);
    assertThat(bar.lines(WIDE).get(0)).contains(" 50 %");
    assertThat(bar.lines(WIDE).get(1)).contains(" 25 %");
  }

  /** What was there before is no speed. */
  @Test
  void resumedBytes_doNotCountAsSpeed() {
    bar.expect(1, 4096);
    begin("a", 4096, 3072);
    clock.set(1_000_000_000L);
    assertThat(bar.lines(WIDE).getFirst()).endsWith("  75 %        0 B/s     -:--");
  }

  @Test
  void longNamesAndNarrowWindows_makeNoLineTooLong() {
    bar.expect(1, 1L << 40);
    move(begin("電影-" + "long ".repeat(30) + "第二集.mkv", 1L << 40, 0), 1L << 39);
    for (int columns = 14; columns < 120; columns++) {
      int most = columns - 3;
      assertThat(bar.lines(new Window(24, columns)))
          .allMatch(line -> Columns.of(line) == most, "of " + most + " columns");
    }
    assertThat(bar.lines(WIDE).getFirst()).startsWith("電影-long lo").contains("…", "集.mkv");
  }

  /** Names stood far from their speeds. */
  @Test
  void wideWindows_haveNoLongerLines() {
    bar.expect(1, 100);
    move(begin("a", 100, 0), 50);
    assertThat(bar.lines(new Window(24, 300))).allMatch(line -> Columns.of(line) == 120);
  }

  @Test
  void narrowWindows_keepTheTimeThatIsLeft() {
    bar.expect(1, 4096);
    TransferFile file = begin("a", 4096, 0);
    clock.set(1_000_000_000L);
    move(file, 1024);
    assertThat(bar.lines(new Window(24, 40)).getFirst())
        .isEqualTo("a                       25 %     0:03");
  }

  /** It was cut within its numbers. */
  @Test
  void narrowWindows_leaveOutWhatIsToCome() {
    bar.expect(5, 100_000_000);
    move(begin("a", 100_000_000, 0), 15_000_000);
    assertThat(bar.lines(new Window(24, 40)).getLast()).startsWith("0/5  14.3 MiB    ");
    assertThat(bar.lines(WIDE).getLast()).startsWith("0/5  14.3 MiB of 95.4 MiB ");
  }

  @Test
  void stopped_tellsHowToGoOn() {
    bar.ifStopped("the same command goes on");
    bar.stop();
    bar.stop();
    assertThat(screen).hasToString("consigne: stopped; the same command goes on\n");
  }

  @Test
  void stoppedAfterTheEnd_saysNothing() {
    bar.close();
    bar.stop();
    assertThat(screen.toString()).isEmpty();
  }

  @Test
  void lowWindows_showFewerFiles() {
    bar.expect(9, 900);
    for (int i = 0; i < 9; i++) {
      move(begin("f" + i, 100, 0), 1);
    }
    assertThat(bar.lines(WIDE)).hasSize(7);
    assertThat(bar.lines(new Window(5, 80))).hasSize(4);
  }

  @Test
  void filesThatFailed_areGone() {
    bar.expect(1, 100);
    TransferFile file = begin("a", 100, 0);
    move(file, 50);
    bar.seen(new TransferEvent.Failed(file));
    assertThat(bar.lines(WIDE)).hasSize(1);
    assertThat(bar.lines(WIDE).getFirst()).startsWith("0/1 ");
  }

  @Test
  void nobodyWatching_nothingIsDrawn() {
    bar.expect(1, 1);
    begin("a", 1, 0);
    bar.close();
    assertThat(screen.toString()).isEmpty();
    assertThat(bar.summary()).isEmpty();
  }
}
