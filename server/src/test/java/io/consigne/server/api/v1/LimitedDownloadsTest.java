package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads of strangers, who may have one file at a time. */
class LimitedDownloadsTest {
  private static final int MUCH = 16 << 20;
  private static final String REFUSED =
      "With this plan you can only download 1 file at a time #712";

  @TempDir private Path folder;
  private WiredHost host;
  private Uploading alice;
  private String large;
  private String small;
  private final Map<String, String> links = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    start(HttpLimits.DEFAULTS);
  }

  private void start(HttpLimits limits) throws IOException {
    host = new WiredHost(folder, limits, LimitPolicy.of(LimitTable.DEFAULT));
    host.account("alice@example.org");
    alice = new Uploading(host, "alice@example.org");
    large = upload("large", MUCH);
    small = upload("small", 10);
  }

  @AfterEach
  void stop() {
    alice.close();
    host.close();
  }

  /** Uploads a file and returns the address from which a stranger downloads it. */
  private String upload(String name, int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    String link =
        alice.kept(alice.post(Uploading.body("", name, content))).path("download").asString();
    links.put(name, link);
    String page = link.substring(link.indexOf("/?"));
    String answer =
        RawCall.send(
            host.port(),
            "POST " + page,
            "Content-Type: application/x-www-form-urlencoded|",
            "submit=Download");
    assertThat(RawCall.status(answer)).as(answer).isEqualTo(302);
    return answer
        .lines()
        .filter(line -> line.startsWith("Location: "))
        .map(line -> line.substring(line.indexOf("/p")).strip())
        .findFirst()
        .orElseThrow();
  }

  private String get(String path) {
    return RawCall.send(host.port(), "GET " + path, "", "");
  }

  /** Begins a download and takes only its head. */
  private Wire begin(String path) throws IOException {
    var wire = new Wire(host.port());
    wire.send("GET " + path + " HTTP/1.1|Host: files.example.org||");
    assertThat(wire.head()).startsWith("HTTP/1.1 200");
    return wire;
  }

  @Test
  void secondFile_isRefused_untilTheFirstHasVanished() throws IOException {
    try (Wire _ = begin(large)) {
      String refused = get(small);
      assertThat(refused).startsWith("HTTP/1.1 429").contains(REFUSED, "\r\nRetry-After: 10\r\n");
    }
    await().until(() -> RawCall.status(get(small)) == 200);
  }

  /** The client is still there, and takes nothing. */
  @Test
  void downloadThatNobodyTakes_makesRoom(@TempDir Path other) throws IOException {
    stop();
    folder = other;
    HttpLimits d = HttpLimits.DEFAULTS;
    start(
        new HttpLimits(d.head(), d.body(), Duration.ofMillis(300), d.keepAlive(), d.connections()));
    try (Wire wire = begin(large)) {
      await().until(() -> RawCall.status(get(small)) == 200);
      assertThat(wire.rest()).hasSizeLessThan(MUCH);
    }
  }

  /** It went on for hours, to whoever takes little at a time. */
  @Test
  void downloadOfAFileThatIsRemoved_endsMidway() throws IOException {
    try (Wire wire = begin(large)) {
      change("file/rm.cgi", "{\"files\":[{\"url\":\"%s\"}]}");
      assertThat(wire.rest()).hasSizeLessThan(MUCH);
    }
  }

  @Test
  void downloadOfAFileThatIsRenamed_goesOn() throws IOException {
    try (Wire wire = begin(large)) {
      change("file/chattr.cgi", "{\"urls\":[\"%s\"],\"filename\":\"renamed\"}");
      assertThat(wire.in().readNBytes(MUCH)).hasSize(MUCH);
    }
  }

  private void change(String path, String body) {
    assertThat(alice.call(path, body.formatted(links.get("large"))).text()).contains("\"OK\"");
  }

  @Test
  void furtherRangesOfTheSameFile_areAnswered() throws IOException {
    try (Wire _ = begin(large)) {
      String answer = RawCall.send(host.port(), "GET " + large, "Range: bytes=0-9|", "");
      assertThat(answer).startsWith("HTTP/1.1 206").doesNotContain("\r\nRateLimit");
      assertThat(RawCall.send(host.port(), "HEAD " + small, "", "")).startsWith("HTTP/1.1 200");
    }
  }

  /** A damaged block far behind the first one: the host itself resets the connection. */
  @Test
  void abortedDownload_makesRoom() throws IOException {
    damageTheLargestFile();
    String cut = get(large);
    assertThat(cut).startsWith("HTTP/1.1 200");
    assertThat(cut.length()).isLessThan(MUCH);
    assertThat(RawCall.status(get(small))).isEqualTo(200);
  }

  private void damageTheLargestFile() throws IOException {
    Path largest;
    try (Stream<Path> all = Files.walk(folder.resolve("blobs"))) {
      largest =
          all.filter(Files::isRegularFile)
              .filter(file -> size(file) >= MUCH)
              .findFirst()
              .orElseThrow();
    }
    try (var channel = FileChannel.open(largest, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(100), MUCH / 8);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
