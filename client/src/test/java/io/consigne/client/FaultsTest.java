package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferLimits;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand faults on the way of 500 files: all arrive, once, and the limits are kept. */
class FaultsTest {
  private static final int FILES = 500;
  private static final int MORE_FILES = 40;
  private static final int FILES_OF_A_REQUEST = 4;
  private static final int FAULTS = 1_000;

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 20_260_302})
  void thousandFaults_changeNothing(long seed) throws IOException {
    var random = new Random(seed);
    var faults = new AtomicInteger();
    try (var host = new StandIn(timing, faulty(random, faults));
        var client = client(host)) {
      Map<String, List<String>> expected = new TreeMap<>();
      sendAll(client, sources(random, FILES, expected));
      assertThat(host.files().contents()).isEqualTo(expected);
      Path target = Files.createDirectory(directory.resolve("down"));
      while (faults.get() < FAULTS) {
        sendAll(client, sources(random, MORE_FILES, expected));
        fetchAll(client, target);
        assertThat(host.files().contents()).isEqualTo(expected);
        assertThat(contents(target)).isEqualTo(expected);
      }
      assertThat(host.watch().broken()).isEmpty();
      assertThat(host.failures()).isEmpty();
      assertThat(faults).hasValueGreaterThanOrEqualTo(FAULTS);
    }
  }

  private Function<String, Fault> faulty(Random random, AtomicInteger faults) {
    Fault[] kinds = Fault.values();
    return path -> {
      // Floods are rarer: each costs a lock.
      Fault fault = random.nextInt(100) < 20 ? kinds[random.nextInt(kinds.length)] : Fault.NONE;
      Fault some = fault == Fault.FLOOD && random.nextInt(8) > 0 ? Fault.CUT : fault;
      if (some != Fault.NONE) {
        faults.incrementAndGet();
      }
      return some;
    };
  }

  private static List<UploadSource> sources(
      Random random, int files, Map<String, List<String>> expected) {
    var sources = new ArrayList<UploadSource>();
    for (int i = 0; i < files; i++) {
      var bytes = new byte[1 + random.nextInt(20_000)];
      random.nextBytes(bytes);
      String name = "file %03d é.bin".formatted(expected.size());
      expected.put(name, List.of(new String(bytes, StandardCharsets.ISO_8859_1)));
      sources.add(UploadSource.of(name, bytes));
    }
    return sources;
  }

  private static void sendAll(Client client, List<UploadSource> sources) throws IOException {
    for (int from = 0; from < sources.size(); from += FILES_OF_A_REQUEST) {
      List<UploadSource> some = sources.subList(from, from + FILES_OF_A_REQUEST);
      assertThat(client.uploads().send(FolderId.ROOT, some, Progress.UNSEEN))
          .hasSize(FILES_OF_A_REQUEST)
          .allMatch(UploadResult.Stored.class::isInstance);
    }
  }

  private static void fetchAll(Client client, Path target) throws IOException {
    for (RemoteFile file : client.folders().list(FolderId.ROOT).files()) {
      client
          .downloads()
          .fetch(
              DownloadSource.of(file),
              target.resolve(file.name()),
              Downloads.IfExists.REPLACE,
              Progress.UNSEEN);
    }
  }

  private static Map<String, List<String>> contents(Path directory) throws IOException {
    var contents = new TreeMap<String, List<String>>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        contents.put(
            String.valueOf(file.getFileName()),
            List.of(Files.readString(file, StandardCharsets.ISO_8859_1)));
      }
    }
    return contents;
  }

  @Test
  void fiveHundredFiles_areOneRequest() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      List<UploadSource> sources = sources(new Random(4), FILES, new TreeMap<>());
      client.uploads().send(FolderId.ROOT, sources, Progress.UNSEEN);
      assertThat(host.seen())
          .containsExactly(
              "/v1/capabilities.cgi", "/v1/upload/get_upload_server.cgi", "/upload.cgi", "/end.pl");
    }
  }

  private Client client(StandIn host) {
    var waiting = new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN);
    // One thing at a time: the virtual clock is moved by whoever sleeps.
    var transfers = new TransferLimits(500, 8 << 20, 256 << 20, 1, 1, 8_192, 300_000_000_000L);
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.DOCUMENTED)
            .with(waiting)
            .with(transfers)
            .stateIn(directory.resolve("state")));
  }
}
