package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Answering;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.OpenUpload;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads so large that the host reads them for minutes before it tells anything of them. */
class LateUploadsTest {
  private static final long LARGE = 60_000_000_000L;
  private static final Duration AGE = Duration.ofSeconds(30);

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  /** Lists a large file from some time on, and has no reports. */
  private Answering listingFrom(Instant listed) {
    return request ->
        switch (path(request)) {
          case "/v1/folder/ls.cgi" -> json(200, listing(!timing.now().isBefore(listed)));
          case "/v1/capabilities.cgi" -> json(404, "{\"status\":\"KO\",\"message\":\"#469\"}");
          default -> json(502, "{}");
        };
  }

  private static String path(Request request) {
    return request.target().replaceFirst("[?].*", "");
  }

  private static String listing(boolean isThere) {
    String item =
        """
        {"filename":"large","url":"https://1fichier.com/?large","size":%d,\
        "date":"2026-03-02 11:00:00","checksum":"","content-type":"x/y","pass":0,"acl":0}\
        """
            .formatted(LARGE);
    return "{\"status\":\"OK\",\"folder_id\":0,\"name\":\"\",\"sub_folders\":[],\"items\":[%s]}"
        .formatted(isThere ? item : "");
  }

  private static Reply json(int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Reply(status, "application/json; charset=utf-8", Map.of(), body);
  }

  private static OpenUpload upload(OpenUpload.Item... items) {
    return new OpenUpload(FolderId.ROOT, "127.0.0.1", "u1", List.of(items), Set.of());
  }

  private static OpenUpload.Item item(String name, long bytes, Checksums checksums) {
    return new OpenUpload.Item(name, bytes, null, checksums);
  }

  private static UploadSource source(String text) {
    return UploadSource.of("note", text.getBytes(StandardCharsets.UTF_8));
  }

  /** One that a process has left, after it was sent. */
  private static void left(CacheFile file, OpenUpload upload, Instant opened) throws IOException {
    var uploads = new OpenUploads(file);
    uploads.keep(upload, opened);
    uploads.leave(List.of(upload));
  }

  @FunctionalInterface
  private interface Work {
    void run(CacheFile file, StoreJournal journal, Settling settling) throws IOException;
  }

  private void with(Answering host, Work work) throws IOException {
    try (var standIn = new StandIn(timing.truth(), _ -> Fault.NONE, _ -> host);
        var client = new Client(config(standIn));
        var file = new CacheFile(directory.resolve("cache.db"))) {
      var fresh = new FreshListings(client, timing, new Known(file), new Changes(file));
      var journal = new StoreJournal(file, fresh, timing, false);
      work.run(file, journal, new Settling(client, timing, new OpenUploads(file), fresh, journal));
    }
  }

  /** After 5 minutes it was sent again; then whoever sent another file waited until it was read. */
  @Test
  void uploadThatIsReadForLong_holdsBackTheSameFileAlone() throws IOException {
    Instant opened = timing.now();
    Instant modified = opened.minusSeconds(60);
    var upload = upload(new OpenUpload.Item("large", LARGE, modified, Checksums.NONE));
    timing.sleep(Duration.ofMinutes(6));
    with(
        listingFrom(opened.plus(Duration.ofMinutes(9))),
        (file, journal, settling) -> {
          var uploads = new OpenUploads(file);
          left(file, upload, opened);
          assertThat(settling.settle(uploads.left("", timing.now()), AGE)).isEmpty();
          assertThat(timing.now()).isBefore(opened.plus(Duration.ofMinutes(8)));
          assertThat(journal.isInDoubt(FolderId.ROOT, large(modified))).isTrue();
          assertThat(journal.isInDoubt(FolderId.ROOT, large(modified.plusSeconds(1)))).isFalse();
          timing.sleep(Duration.ofMinutes(4));
          assertThat(settling.settle(uploads.left("", timing.now()), AGE)).isEmpty();
          assertThat(uploads.left("", timing.now())).isEmpty();
        });
  }

  private static UploadSource large(Instant modified) {
    return new UploadSource("large", LARGE, modified, InputStream::nullInputStream);
  }

  /** What came by a pipe was held back for two hours by another text of the same length. */
  @Test
  void bytesWithoutATime_areInDoubtByTheirChecksum() throws IOException {
    var sha256 = new Checksums(null, source("one").sha256());
    OpenUpload upload = upload(item("note", 3, sha256));
    with(
        listingFrom(Instant.MAX),
        (file, journal, _) -> {
          left(file, upload, timing.now());
          journal.taken(upload);
          assertThat(journal.isInDoubt(FolderId.ROOT, source("one"))).isTrue();
          assertThat(journal.isInDoubt(FolderId.ROOT, source("two"))).isFalse();
        });
  }

  /** What came by a pipe, and was spooled into a new file by each run, was sent once more. */
  @Test
  void sameBytesOfAnotherTime_areInDoubt() throws IOException {
    var sha256 = new Checksums(null, source("one").sha256());
    Instant then = timing.now();
    OpenUpload upload = upload(new OpenUpload.Item("note", 3, then, sha256));
    with(
        listingFrom(Instant.MAX),
        (file, journal, _) -> {
          left(file, upload, then);
          journal.taken(upload);
          assertThat(journal.isInDoubt(FolderId.ROOT, at(then.plusSeconds(60), "one"))).isTrue();
          assertThat(journal.isInDoubt(FolderId.ROOT, at(then.plusSeconds(60), "two"))).isFalse();
        });
  }

  private static UploadSource at(Instant modified, String text) {
    UploadSource bytes = source(text);
    return new UploadSource(bytes.name(), bytes.sizeBytes(), modified, bytes.content());
  }

  /** It was refused as long as another file of the same request was not there. */
  @Test
  void fileThatIsListed_isNotInDoubt() throws IOException {
    Instant modified = timing.now();
    OpenUpload upload =
        upload(
            new OpenUpload.Item("large", LARGE, modified, Checksums.NONE),
            new OpenUpload.Item("note", 3, modified, Checksums.NONE));
    with(
        listingFrom(Instant.MIN),
        (file, journal, _) -> {
          left(file, upload, timing.now());
          journal.taken(upload);
          assertThat(journal.isInDoubt(FolderId.ROOT, large(modified))).isFalse();
          var note = new UploadSource("note", 3, modified, InputStream::nullInputStream);
          assertThat(journal.isInDoubt(FolderId.ROOT, note)).isTrue();
        });
  }

  /** Before the first file went out, each folder with something in doubt was asked for. */
  @Test
  void folderOfNothingInDoubt_costsNoListing() throws IOException {
    OpenUpload upload = upload(item("note", 3, Checksums.NONE));
    var listed = new AtomicInteger();
    Answering host = listingFrom(Instant.MAX);
    with(
        request -> {
          listed.addAndGet(path(request).equals("/v1/folder/ls.cgi") ? 1 : 0);
          return host.answer(request);
        },
        (file, journal, _) -> {
          left(file, upload, timing.now());
          journal.taken(upload);
          assertThat(journal.isInDoubt(new FolderId(7), source("one"))).isFalse();
          assertThat(listed).hasValue(0);
        });
  }

  /** That the host had said to have it was kept for ever. */
  @Test
  void uploadThatIsForgotten_isForgottenWhole() throws IOException {
    OpenUpload upload = upload(item("note", 3, Checksums.NONE));
    with(
        listingFrom(Instant.MAX),
        (file, journal, _) -> {
          left(file, upload, timing.now());
          journal.taken(upload);
          assertThat(taken(file)).containsExactly("u1");
          assertThat(new OpenUploads(file).left("", timing.now().plus(Duration.ofDays(2))))
              .isEmpty();
          assertThat(taken(file)).isEmpty();
        });
  }

  private static List<String> taken(CacheFile file) throws IOException {
    return file.run(
        connection -> new Rows(connection).list(row -> row.getString(1), "SELECT id FROM taken"));
  }

  private ClientConfig config(StandIn host) {
    return ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
        .with(Limits.DOCUMENTED)
        .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
        .stateIn(directory.resolve("state"));
  }
}
