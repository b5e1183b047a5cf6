package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transfers through a throttle, by a clock on which every wait is over at once. */
final class ThrottleTest {
  private static final int BYTES = 1 << 20;

  @TempDir private Path directory;
  private final VirtualTiming timing = new VirtualTiming();

  private Duration move(String bandwidth, int atOnce) throws IOException {
    var bytes = new byte[BYTES];
    new Random(3).nextBytes(bytes);
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host, bandwidth, atOnce)) {
      String id = host.files().add("down", bytes);
      var source =
          new DownloadSource(
              new FileLink("https://1fichier.com/?" + id), BYTES, Checksums.NONE, null, null);
      Instant start = timing.now();
      List<UploadSource> up = List.of(UploadSource.of("up1", bytes), UploadSource.of("up2", bytes));
      client.uploads().send(FolderId.ROOT, up, Progress.UNSEEN);
      Path target = directory.resolve("down");
      client.downloads().fetch(source, target, Downloads.IfExists.REPLACE, Progress.UNSEEN);
      assertThat(target).hasBinaryContent(bytes);
      assertThat(host.files().contents()).containsKeys("up1", "up2");
      assertThat(host.failures()).isEmpty();
      return Duration.between(start, timing.now());
    }
  }

  private Client client(StandIn host, String bandwidth, int atOnce) {
    var waiting = new Waiting(timing, Duration.ofMinutes(20), Waits.UNSEEN);
    var throttle = new Throttle(Bandwidth.parse(bandwidth), ZoneOffset.UTC, timing);
    var transfers = new TransferLimits(500, 8, 256 << 20, atOnce, atOnce, 100_000, Long.MAX_VALUE);
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("key"))
            .stateIn(directory)
            .with(waiting)
            .with(transfers)
            .through(throttle));
  }

  @Test
  void bytes_takeTheTimeThatTheRateGives() throws IOException {
    // 3 MiB at 64 KiB a second
    assertThat(move("64k", 1)).isBetween(Duration.ofSeconds(47), Duration.ofSeconds(53));
  }

  /** Transfers stood still until it was that time again. */
  @Test
  void clockThatIsSetBack_stopsNothing() throws IOException {
    var throttle = new Throttle(Bandwidth.parse("64k"), ZoneOffset.UTC, timing);
    throttle.pass(64 << 10);
    timing.set(Duration.ofHours(-1));
    Instant start = timing.now();
    throttle.pass(64 << 10);
    assertThat(Duration.between(start, timing.now()))
        .isBetween(Duration.ZERO, Duration.ofSeconds(2));
  }

  @Test
  void noLimit_takesNoTime() throws IOException {
    assertThat(move("off", 1)).isLessThan(Duration.ofSeconds(3));
  }

  /** It is ten o'clock: after a minute all that is left moves at once. */
  @Test
  void timetable_isReadWhileBytesMove() throws IOException {
    assertThat(move("09:00,16k 10:01,off", 1))
        .isBetween(Duration.ofSeconds(58), Duration.ofSeconds(64));
  }

  @Test
  void transfersAtOnce_shareTheRate() throws IOException {
    assertThat(move("64k", 4)).isGreaterThan(Duration.ofSeconds(45));
  }

  /** Sends the whole file, whatever range is asked for. */
  private record WholeFile(int sizeBytes) implements Transport {
    @Override
    public WireAnswer send(WireRequest request) {
      return new WireAnswer(
          200,
          HttpHeaders.of(Map.of(), (_, _) -> true),
          new ByteArrayInputStream(new byte[sizeBytes]));
    }

    @Override
    public void close() {}
  }

  @Test
  void bytesThatAreSkipped_takeTheirTimeToo() throws IOException {
    var throttle = new Throttle(Bandwidth.parse("64k"), ZoneOffset.UTC, timing);
    Instant start = timing.now();
    try (var transport = new ThrottledTransport(new WholeFile(BYTES), throttle);
        var answer = transport.send(WireRequest.get(URI.create("http://127.0.0.1/p1")))) {
      answer.body().skipNBytes(BYTES);
      assertThat(answer.body().read()).isNegative();
    }
    assertThat(Duration.between(start, timing.now()))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(17));
  }
}
