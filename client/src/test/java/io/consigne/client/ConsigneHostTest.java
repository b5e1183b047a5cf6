package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.AccessRules;
import io.consigne.client.model.AccountInfo;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.CopiedFile;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.LinkCheck;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferLimits;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadResult.Stored;
import io.consigne.client.transfer.UploadSource;
import io.consigne.client.transport.HttpTransport;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call against a real Consigne host. */
class ConsigneHostTest {
  @TempDir private Path directory;
  private RealHost host;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    host = RealHost.start(directory.resolve("host"));
    client = client(host.key());
  }

  @AfterEach
  void stop() {
    client.close();
    host.close();
  }

  private Client client(String key) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey(key))
            .with(new TransferLimits(500, 64 << 10, 256 << 20, 4, 10, 100_000, 1L << 40))
            .stateIn(directory.resolve("state")));
  }

  private FileLink upload(FolderId folder, UploadSource source) throws IOException {
    return ((Stored) client.uploads().send(folder, List.of(source), Progress.UNSEEN).getFirst())
        .link();
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void account_isTheFirst() throws IOException {
    AccountInfo account = client.account();
    assertThat(account.email()).isEqualTo("admin");
    assertThat(account.uploadForbidden()).isFalse();
    assertThat(account.storage().availableBytes()).isPositive();
  }

  @Test
  void capabilities_areConsignes() throws IOException {
    assertThat(client.capabilities().consigne()).isTrue();
    assertThat(client.capabilities().emptyFiles()).isTrue();
    assertThat(client.capabilities().uploadTimes()).isTrue();
    assertThat(client.capabilities().fullListing()).isTrue();
    assertThat(client.capabilities().linkExpiry()).isTrue();
  }

  @Test
  void wrongKey_isNotAuthenticated_andAskedOnce() {
    try (Client stranger = client("csg_0123456789012345678901234567")) {
      assertThatThrownBy(stranger::account)
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> {
                assertThat(e.refusal()).isInstanceOf(Refusal.NotAuthenticated.class);
                assertThat(e).hasMessage("Not authenticated #247");
              });
    }
  }

  @Test
  void emptyFileAndTime_travel() throws IOException {
    Instant time = Instant.parse("2020-02-29T12:34:56Z");
    Path file = Files.createFile(directory.resolve("empty \"quoted\" é.txt"));
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(time));
    FileLink link = upload(FolderId.ROOT, UploadSource.of(file));
    RemoteFile stored = client.files().info(link).file();
    assertThat(stored.name()).isEqualTo("empty \"quoted\" é.txt");
    assertThat(stored.sizeBytes()).isZero();
    assertThat(stored.times().modified()).isEqualTo(time);
    Path copy = directory.resolve("copy");
    client
        .downloads()
        .fetch(DownloadSource.of(stored), copy, Downloads.IfExists.FAIL, Progress.UNSEEN);
    assertThat(copy).isEmptyFile();
    assertThat(Files.getLastModifiedTime(copy).toInstant()).isEqualTo(time);
  }

  @Test
  void largeFile_comesBackInRanges() throws IOException {
    byte[] bytes = random(1_234_567);
    upload(FolderId.ROOT, UploadSource.of("large.bin", bytes));
    RemoteFile stored = client.folders().list(FolderId.ROOT).files().getFirst();
    Path copy = directory.resolve("large.bin");
    client
        .downloads()
        .fetch(DownloadSource.of(stored), copy, Downloads.IfExists.FAIL, Progress.UNSEEN);
    assertThat(copy).hasBinaryContent(bytes);
    assertThat(directory.resolve("large.bin.part")).doesNotExist();
    assertThat(directory.resolve("large.bin.part.state")).doesNotExist();
    try (InputStream some = client.downloads().open(DownloadSource.of(stored), 1_000, 1_010)) {
      assertThat(some.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 1_000, 1_010));
    }
  }

  @Test
  void files_moveCopyChangeAndGo() throws IOException {
    FolderId docs = client.folders().make(FolderId.ROOT, "Docs");
    FileLink link = upload(FolderId.ROOT, UploadSource.of("a.txt", random(10)));
    client.files().move(List.of(link), docs);
    client.files().rename(Map.of(link, "b.txt"));
    var rules = new AccessRules(List.of("192.0.2.0/24"), List.of(), List.of(), false);
    FileChange change = FileChange.NONE.describedAs("mine").lockedBy("secret6").openTo(rules);
    client.files().change(List.of(link), change);
    client.files().change(List.of(link), change);
    FileDetails details = client.files().info(link);
    assertThat(details.description()).isEqualTo("mine");
    assertThat(details.rules()).isEqualTo(rules);
    assertThat(details.file().locks()).isEqualTo(new RemoteFile.Locks(true, true));
    assertThat(details.file().place()).isEqualTo(new RemoteFile.Place(docs, "Docs"));
    List<CopiedFile> copies = client.files().copy(List.of(link), FolderId.ROOT, null);
    assertThat(copies).hasSize(1).allMatch(copy -> copy.from().equals(link));
    assertThat(client.files().listAll()).extracting(RemoteFile::name).containsOnly("b.txt");
    client.files().remove(List.of(link, copies.getFirst().to()));
    assertThat(client.files().listAll()).isEmpty();
    assertThatThrownBy(() -> client.files().info(link)).hasMessage("Resource not found #469");
  }

  @Test
  void linkOfAFile_ends_andItsOwnerIsToldWhen() throws IOException {
    FileLink link = upload(FolderId.ROOT, UploadSource.of("a.txt", random(10)));
    Instant end = Instant.now().plus(Duration.ofDays(90));
    var rules = new AccessRules(List.of("127.0.0.0/8"), List.of(), List.of(), false, end);
    client.files().change(List.of(link), FileChange.NONE.openTo(rules));
    assertThat(client.files().info(link).rules()).isEqualTo(rules);
    assertThat(client.files().info(link).file().locks().rules()).isTrue();
    FileChange over = FileChange.NONE.openTo(AccessRules.NONE.until(Instant.EPOCH));
    assertThatThrownBy(() -> client.files().change(List.of(link), over))
        .hasMessage("acl.expires must be a time to come: 1970-01-01T00:00:00Z #701");
    client.files().change(List.of(link), FileChange.NONE.openTo(AccessRules.NONE.until(end)));
    assertThat(client.files().info(link).rules()).isEqualTo(AccessRules.NONE.until(end));
    client.files().change(List.of(link), FileChange.NONE.openTo(AccessRules.NONE));
    assertThat(client.files().info(link).rules()).isNull();
  }

  @Test
  void remove_ofManyOfWhichOneIsThere_removesIt() throws IOException {
    FileLink link = upload(FolderId.ROOT, UploadSource.of("a.txt", random(10)));
    String begin = link.url().substring(0, link.url().length() - 4);
    List<FileLink> gone =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new FileLink(begin + "x%03d".formatted(i)))
            .toList();
    List<FileLink> links = new ArrayList<>(gone);
    links.add(link);
    client.files().remove(links);
    assertThat(client.files().listAll()).isEmpty();
    assertThatThrownBy(() -> client.files().remove(gone))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isInstanceOf(Refusal.NotFound.class));
  }

  @Test
  void folders_nestMoveShareAndGo() throws IOException {
    FolderId docs = client.folders().make(FolderId.ROOT, "Docs");
    FolderId notes = client.folders().make(docs, "Notes");
    assertThat(client.folders().make(docs, "Notes")).isEqualTo(notes);
    client.folders().move(notes, FolderId.ROOT);
    client.folders().rename(notes, "Ideas");
    FolderListing root = client.folders().list(FolderId.ROOT);
    assertThat(root.folders()).extracting(Folder::name).containsExactly("Docs", "Ideas");
    assertThat(root.isWhole()).isTrue();
    upload(notes, UploadSource.of("a.txt", random(10)));
    String address = client.folders().publish(notes, "secret6");
    assertThat(client.links().folder(URI.create(address), "secret6")).hasSize(1);
    assertThatThrownBy(() -> client.links().folder(URI.create(address), "wrong6"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isInstanceOf(Refusal.PasswordNeeded.class));
    client.folders().unpublish(notes);
    assertThatThrownBy(() -> client.folders().remove(notes))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isInstanceOf(Refusal.Conflict.class));
    client.folders().remove(docs);
  }

  /** A semicolon separates what is told of a link: the host shows one of a name as a wide one. */
  @Test
  void links_areChecked() throws IOException {
    FileLink link = upload(FolderId.ROOT, UploadSource.of("a;b.txt", random(10)));
    assertThat(client.links().check(List.of(link.url(), host.url() + "/?zzzzzzzzzzzzzzzzzzzz")))
        .containsExactly(
            new LinkCheck(link.url(), LinkCheck.State.ALIVE, "", "a；b.txt", 10),
            new LinkCheck(
                host.url() + "/?zzzzzzzzzzzzzzzzzzzz",
                LinkCheck.State.NOT_FOUND,
                "NOT FOUND",
                "",
                0));
  }

  @Test
  void badName_isRefusedAlone() throws IOException {
    List<UploadResult> results =
        client
            .uploads()
            .send(
                FolderId.ROOT,
                List.of(UploadSource.of("bad/name", random(5)), UploadSource.of("good", random(6))),
                Progress.UNSEEN);
    assertThat(results.get(0)).isInstanceOf(UploadResult.NotStored.class);
    assertThat(results.get(1)).isInstanceOf(Stored.class);
    assertThat(client.files().list(FolderId.ROOT, null, null)).hasSize(1);
  }

  @Test
  void budget_isNotWritten() throws IOException {
    client.account();
    client.account();
    assertThat(directory.resolve("state")).doesNotExist();
  }

  /** The answer to the upload is lost, and so is the report, until the id was used again. */
  @Test
  void uploadWithoutAnswers_isThereOnce() throws IOException {
    var seen = new ArrayList<String>();
    var config =
        ClientConfig.of(host.url(), new ApiKey(host.key()))
            .with(new Waiting(new VirtualTiming(), Duration.ofHours(1), Waits.UNSEEN))
            .over(() -> new LosingTransport(new HttpTransport(null, Duration.ofMinutes(1)), seen))
            .stateIn(directory.resolve("state"));
    try (var losing = new Client(config)) {
      UploadSource source = UploadSource.of("a.txt", random(10));
      assertThat(losing.uploads().send(FolderId.ROOT, List.of(source), Progress.UNSEEN))
          .singleElement()
          .isInstanceOf(Stored.class);
    }
    assertThat(seen).filteredOn("/upload.cgi"::equals).hasSize(2);
    assertThat(seen).filteredOn("/v1/upload/get_upload_server.cgi"::equals).hasSize(1);
    assertThat(client.files().listAll()).hasSize(1);
  }

  /** Loses the answer to the first upload, and every report before the second. */
  private record LosingTransport(Transport transport, List<String> seen) implements Transport {
    @Override
    public WireAnswer send(WireRequest request) throws IOException {
      String path = request.uri().getPath();
      seen.add(path);
      WireAnswer answer = transport.send(request);
      long uploads = seen.stream().filter("/upload.cgi"::equals).count();
      if (uploads == 1 && (path.equals("/upload.cgi") || path.equals("/end.pl"))) {
        answer.close();
        throw new IOException("lost");
      }
      return answer;
    }

    @Override
    public void close() {
      transport.close();
    }
  }
}
