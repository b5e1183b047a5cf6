package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.wire.UploadPart;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file that no host takes had the whole request refused, and ended the run, each time. */
class BadFileInBatchTest {
  @TempDir private Path directory;

  private List<UploadSource> innocent(int files) {
    return IntStream.range(0, files)
        .mapToObj(i -> UploadSource.of("file" + i, new byte[] {1, 2}))
        .toList();
  }

  private static List<String> ends(List<UploadResult> results) {
    return results.stream()
        .map(result ->
            switch (result) {
              case UploadResult.NotStored not -> not.refusal().said().text();
              case UploadResult.NotTried _ -> "not tried";
              default -> "stored";
            })
        .toList();
  }

  private Client client(URI url, String key) {
    return new Client(ClientConfig.of(url, new ApiKey(key)).stateIn(directory.resolve("state")));
  }

  @Test
  void namesAndTimesThatNoHostTakes_areRefusedAlone() throws IOException {
    var sources = new ArrayList<>(innocent(2));
    sources.add(UploadSource.of("a\r\nb: c", new byte[] {1}));
    sources.add(at("far", Instant.MAX));
    sources.add(at("later", Instant.parse("+128724-01-01T00:00:00Z")));
    try (RealHost host = RealHost.start(directory.resolve("data"));
        var client = client(host.url(), host.key())) {
      assertThat(ends(client.uploads().send(FolderId.ROOT, sources, Progress.UNSEEN)))
          .containsExactly(
              "stored",
              "stored",
              "no host takes a name with a control character: a\\x0d\\x0ab: c",
              "its modification time is not in the years 1 to 9999: far, " + Instant.MAX,
              "its modification time is not in the years 1 to 9999: later,"
                  + " +128724-01-01T00:00:00Z");
    }
  }

  private static UploadSource at(String name, Instant modified) {
    return new UploadSource(name, 1, modified, () -> InputStream.nullInputStream());
  }

  @Test
  void nameOnTheWire_writesNoHeads() {
    assertThatThrownBy(
            () -> new UploadPart("a\r\nX: y", 1, null, InputStream::nullInputStream, _ -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A host with a rule of its own for names says no to the whole request. */
  @Test
  void nameThatTheHostRefuses_costsNoOther() throws IOException {
    try (var host = new StandIn(new VirtualTiming(), _ -> Fault.NONE);
        var client = client(host.url(), "key")) {
      host.files().refuseNames(Set.of("file3", "file90")::contains);
      List<String> ends =
          ends(client.uploads().send(FolderId.ROOT, innocent(100), Progress.UNSEEN));
      assertThat(ends).filteredOn("stored"::equals).hasSize(98);
      assertThat(ends.get(3)).isEqualTo("Bad name #12");
      assertThat(ends.get(90)).isEqualTo("Bad name #12");
      assertThat(host.files().contents()).hasSize(98);
      assertThat(host.seen("/upload.cgi")).isLessThan(30);
    }
  }

  /** The first half was there, told as not done, and sent again by the next run. */
  @Test
  void whatIsStored_whenTheRestFails_isToldAndKept() throws IOException {
    var host = new AtomicReference<StandIn>();
    var sent = new AtomicInteger();
    Function<String, Fault> script =
        path -> {
          if (path.equals("/upload.cgi") && sent.incrementAndGet() == 3) {
            host.get().refuse(path, "Quota exceeded");
          }
          return Fault.NONE;
        };
    var told = new ArrayList<String>();
    var kept = new ArrayList<UploadResult>();
    UploadJournal journal =
        new UploadJournal() {
          @Override
          public void open(OpenUpload upload) {}

          @Override
          public void end(List<OpenUpload> uploads, List<UploadResult> results) {
            kept.addAll(results);
          }
        };
    try (var standIn = new StandIn(new VirtualTiming(), script);
        var client = client(standIn.url(), "key")) {
      host.set(standIn);
      standIn.files().refuseNames("file30"::equals);
      Progress progress =
          event -> {
            if (event instanceof TransferEvent.Ended) {
              told.add(event.file().name());
            }
          };
      assertThatThrownBy(
              () -> client.uploads().in(journal).send(FolderId.ROOT, innocent(40), progress))
          .hasMessageContaining("Quota exceeded");
      assertThat(standIn.files().contents()).hasSize(20);
      assertThat(told).containsExactlyInAnyOrderElementsOf(standIn.files().contents().keySet());
      assertThat(kept).hasSize(20).allMatch(UploadResult.Stored.class::isInstance);
    }
  }

  /** Who repeats what is refused is locked out. */
  @Test
  void requestOfWhichAllIsRefused_isNotTakenToPieces() throws IOException {
    try (var host = new StandIn(new VirtualTiming(), _ -> Fault.NONE);
        var client = client(host.url(), "key")) {
      host.files().refuseNames(_ -> true);
      List<UploadSource> sources = innocent(500);
      assertThatThrownBy(() -> client.uploads().send(FolderId.ROOT, sources, Progress.UNSEEN))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isInstanceOf(Refusal.Invalid.class));
      assertThat(host.seen("/upload.cgi")).isLessThan(20);
    }
  }

  @Test
  void filesRefusedInARow_endTheirRequest_notTheRun() throws IOException {
    try (var host = new StandIn(new VirtualTiming(), _ -> Fault.NONE);
        var client = client(host.url(), "key")) {
      host.files().refuseNames(name -> !name.equals("file0"));
      List<String> ends =
          ends(client.uploads().send(FolderId.ROOT, innocent(500), Progress.UNSEEN));
      assertThat(ends).filteredOn("stored"::equals).hasSize(1);
      assertThat(ends).filteredOn("Bad name #12"::equals).hasSize(Breaker.ALIKE);
      assertThat(ends).filteredOn("not tried"::equals).hasSize(499 - Breaker.ALIKE);
      assertThat(host.seen("/upload.cgi")).isLessThan(30);
    }
  }
}
