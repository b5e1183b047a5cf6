package io.consigne.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.Together;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.UploadResult.Stored;
import io.consigne.client.transfer.UploadSource;
import io.consigne.client.transport.HttpTransport;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has no account at a Consigne host, and what that gives to everybody. */
class StrangerTest {
  private static final byte[] BYTES = "0123456789".getBytes(UTF_8);

  @TempDir private Path directory;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private RealHost host;
  private Client owner;
  private Client stranger;
  private FileLink link;

  @BeforeEach
  void start() throws IOException {
    host = RealHost.limited(directory.resolve("host"));
    owner =
        new Client(
            ClientConfig.of(host.url(), new ApiKey(host.key())).stateIn(directory.resolve("a")));
    var sources = List.of(UploadSource.of("à b+c;\"d\".bin", BYTES));
    link =
        ((Stored) owner.uploads().send(FolderId.ROOT, sources, Progress.UNSEEN).getFirst()).link();
    stranger =
        new Client(
            ClientConfig.of(host.url(), new ApiKey("none"))
                .stateIn(directory.resolve("b"))
                .over(() -> new Cutting(new HttpTransport(null, Duration.ofMinutes(1)), asked)));
  }

  @AfterEach
  void stop() {
    stranger.close();
    owner.close();
    host.close();
  }

  /** Cuts the first answer with bytes of a file, and refuses to send a key. */
  private record Cutting(Transport inner, List<String> asked) implements Transport {
    @Override
    public WireAnswer send(WireRequest request) throws IOException {
      assertThat(request.headers()).doesNotContainKey("Authorization");
      WireAnswer answer = inner.send(request);
      String seen =
          request.method() + (request.uri().getPath().startsWith("/p") ? " bytes" : " page");
      boolean first = !asked.contains(seen);
      asked.add(seen);
      if (!first || !seen.equals("GET bytes")) {
        return answer;
      }
      try (answer) {
        var half = new ByteArrayInputStream(answer.body().readNBytes(4));
        return new WireAnswer(answer.status(), answer.headers(), half);
      }
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  @Test
  void file_isFetched_goesOnAfterABreak_andIsCompared() throws IOException {
    Downloads downloads = stranger.links().downloads();
    RemoteFile file = stranger.links().file(link, null);
    assertThat(file.name()).isEqualTo("à b+c;\"d\".bin");
    assertThat(file.sizeBytes()).isEqualTo(BYTES.length);
    assertThat(file.checksums())
        .extracting("sha256")
        .isEqualTo(owner.files().info(link).file().checksums().sha256());
    Path target = directory.resolve("got");
    var events = new CopyOnWriteArrayList<TransferEvent>();
    downloads.fetch(DownloadSource.of(file), target, Downloads.IfExists.FAIL, events::add);
    assertThat(target).hasBinaryContent(BYTES);
    assertThat(events).noneMatch(TransferEvent.Unverified.class::isInstance);
    assertThat(asked).filteredOn("GET bytes"::equals).hasSize(2);
  }

  /** A stranger has one download at a time there: more at once would be refused. */
  @Test
  void severalFiles_comeOneAfterTheOther() throws IOException {
    RemoteFile file = stranger.links().file(link, null);
    List<Callable<Path>> fetches =
        IntStream.range(0, 6)
            .<Callable<Path>>mapToObj(i -> () -> fetched(file, directory.resolve("got" + i)))
            .toList();
    assertThat(Together.run(fetches, 6)).allSatisfy(got -> assertThat(got).hasBinaryContent(BYTES));
    assertThat(asked).filteredOn("GET bytes"::equals).hasSize(7);
  }

  private Path fetched(RemoteFile file, Path target) throws IOException {
    stranger
        .links()
        .downloads()
        .fetch(DownloadSource.of(file), target, Downloads.IfExists.FAIL, Progress.UNSEEN);
    return target;
  }

  @Test
  void fileOfAPublicFolder_isToldItsChecksum() throws IOException {
    var listed = DownloadSource.of(owner.files().info(link).file());
    var bare = new DownloadSource(link, 1, Checksums.NONE, null, null);
    DownloadSource verified = stranger.links().downloads().verified(bare);
    assertThat(verified.checksums().sha256()).isEqualTo(listed.checksums().sha256());
    assertThat(verified.sizeBytes()).isEqualTo(BYTES.length);
  }

  @Test
  void password_isAskedFor() throws IOException {
    owner.files().change(List.of(link), FileChange.NONE.lockedBy("secret6"));
    for (String wrong : new String[] {null, "wrong"}) {
      assertThatThrownBy(() -> stranger.links().file(link, wrong))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isInstanceOf(Refusal.PasswordNeeded.class));
    }
    assertThat(stranger.links().file(link, "secret6").locks().password()).isTrue();
  }

  @Test
  void linkOfNothing_isNotFound() {
    var nothing = new FileLink(link.url().replaceFirst("\\?.*", "?aaaaaaaaaaaaaaaaaaaa"));
    assertThatThrownBy(() -> stranger.links().file(nothing, null))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isInstanceOf(Refusal.NotFound.class));
  }
}
