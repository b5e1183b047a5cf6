package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are too long, too short, too slow, or none at all. */
@Timeout(30)
final class HostileBodyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final Lab lab = new Lab();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void end() {
    over.countDown();
    lab.close();
  }

  @Test
  void endlessBody_endsAtTheLimit() throws IOException {
    try (HostileServer server = HostileServer.web((_, out) -> flood(out, OK + "\r\n", "x"))) {
      assertEndsAtTheLimit(server);
    }
  }

  @Test
  void endlessChunks_endAtTheLimit() throws IOException {
    String head = OK + "Transfer-Encoding: chunked\r\n\r\n";
    try (HostileServer server =
        HostileServer.web((_, out) -> flood(out, head, "3;a=b\r\nxyz\r\n"))) {
      assertEndsAtTheLimit(server);
    }
  }

  /** Whatever is asked for at once, never more is handed out than the limit. */
  private void assertEndsAtTheLimit(HostileServer server) throws IOException {
    var received = new ByteArrayOutputStream();
    try (Fetched fetched = lab.open(server.url("/a.zip"))) {
      SourceException refusal =
          catchThrowableOfType(SourceException.class, () -> fetched.body().transferTo(received));
      assertThat(refusal).hasMessage("The file is longer than 1000000 bytes");
      assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
    }
    assertThat(received.size()).isBetween(900_000, (int) Lab.MAX_BYTES);
  }

  @Test
  void bodyOfJustTheLimit_isTaken() throws IOException {
    String body = "x".repeat((int) Lab.MAX_BYTES);
    try (HostileServer server = HostileServer.web(OK + "\r\n" + body)) {
      assertThat(lab.bytes(server.url("/a.zip"))).hasSize((int) Lab.MAX_BYTES);
    }
    try (HostileServer server = HostileServer.web(OK + "\r\n" + body + "x")) {
      assertThat(lab.reason(server.url("/a.zip"))).isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Test
  void lengthBeyondTheLimit_isRefusedAtOnce() throws IOException {
    try (HostileServer server = HostileServer.web(OK + "Content-Length: 1000001\r\n\r\n")) {
      assertThat(openRefusal(server)).hasMessage("The file is longer than 1000000 bytes");
    }
  }

  @Test
  void limitOfTheHost_holdsWhateverThePlanAllows() throws IOException {
    try (HostileServer server = HostileServer.web(OK + "Content-Length: 10000001\r\n\r\n")) {
      SourceUrl url = SourceUrl.parse(server.url("/"));
      var request = SourceRequest.whole(url, SourceHeaders.NONE, Long.MAX_VALUE);
      assertThat(catchThrowableOfType(SourceException.class, () -> lab.sources.open(request)))
          .hasMessage("The file is longer than 10000000 bytes");
    }
  }

  private SourceException openRefusal(HostileServer server) {
    SourceException refusal =
        catchThrowableOfType(SourceException.class, () -> lab.open(server.url("/a.zip")).close());
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @Test
  void bodyShorterThanItsLength_isBroken() throws IOException {
    try (HostileServer server = HostileServer.web(OK + "Content-Length: 10\r\n\r\nhello")) {
      SourceException refusal = lab.refusal(server.url("/a.zip"));
      assertThat(refusal).hasMessage("The source ended after 5 of 10 bytes");
      assertThat(refusal.reason()).isEqualTo(Reason.BROKEN);
      assertThat(refusal.again()).isTrue();
    }
  }

  @Test
  void bodyLongerThanItsLength_endsAtTheLength() throws IOException {
    try (HostileServer server = HostileServer.web(OK + "Content-Length: 5\r\n\r\nhello, world")) {
      assertThat(lab.bytes(server.url("/a.zip"))).asString(UTF_8).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloworld\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nhello",
        "Content-Length: -1\r\n\r\nhello",
        "Content-Length: 5\r\nContent-Length: 4\r\n\r\nhello",
        "Content-Length: x\r\n\r\nhello",
        "Content-Length: 99999999999999999999\r\n\r\nhello",
      })
  void framingThatMakesNoSense_isNoFile(String rest) throws IOException {
    try (HostileServer server = HostileServer.web(OK + rest)) {
      assertThat(lab.reason(server.url("/a.zip")))
          .isIn(Reason.BROKEN, Reason.NONSENSE, Reason.TOO_LARGE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n",
        "HTTP/9.9 200 OK\r\n\r\nhello",
        "HTTP/1.1 OK\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\nhello",
        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nhello",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "220 ready\r\n",
      })
  void whatIsNotHttp_isNoFile(String answer) throws IOException {
    try (HostileServer server = HostileServer.web(answer)) {
      SourceException refusal = lab.refusal(server.url("/a.zip"));
      assertThat(refusal.reason()).isEqualTo(Reason.NONSENSE);
      assertThat(refusal).hasMessage("The answer of 127.0.0.2 cannot be understood").hasNoCause();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\n",
      })
  void answerThatBreaksOff_isNoAnswer(String answer) throws IOException {
    try (HostileServer server = HostileServer.web(answer)) {
      SourceException refusal = lab.refusal(server.url("/a.zip"));
      assertThat(refusal).hasMessage("127.0.0.2 closed the connection without an answer");
      assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(refusal.again()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: y\r\n", "x", "X: y\r\n folded\r\n"})
  void endlessHead_isNoAnswer(String piece) throws IOException {
    try (HostileServer server = HostileServer.web((_, out) -> flood(out, OK, piece))) {
      assertThat(lab.reason(server.url("/a.zip"))).isEqualTo(Reason.NONSENSE);
    }
  }

  @Test
  void endlessInterimAnswers_areNoAnswer() throws IOException {
    String interim = "HTTP/1.1 103 Early Hints\r\n\r\n";
    try (HostileServer server = HostileServer.web((_, out) -> flood(out, "", interim))) {
      assertThat(lab.refusal(server.url("/a.zip")))
          .hasMessage("The source did not answer within 2.0 seconds");
    }
  }

  @Test
  void silence_endsInTime() throws IOException {
    try (HostileServer server = HostileServer.web((_, _) -> await())) {
      SourceException refusal = lab.refusal(server.url("/a.zip"));
      assertThat(refusal).hasMessage("The source did not answer within 2.0 seconds");
      assertThat(refusal.reason()).isEqualTo(Reason.STALLED);
      assertThat(refusal.again()).isTrue();
    }
  }

  /** Each single wait is short, and all of them together would never end. */
  @Test
  void dripInTheHead_endsInTime() throws IOException {
    try (HostileServer server = HostileServer.web((_, out) -> drip(out, OK, "X"))) {
      assertThat(lab.refusal(server.url("/a.zip")))
          .hasMessage("The source did not answer within 2.0 seconds");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "Content-Length: 900000\r\n\r\n"})
  void dripInTheBody_endsInTime(String head) throws IOException {
    try (HostileServer server = HostileServer.web((_, out) -> drip(out, OK + head, "x"))) {
      assertDripEnds(server);
    }
  }

  @Test
  void dripOfChunks_endsInTime() throws IOException {
    String head = OK + "Transfer-Encoding: chunked\r\n\r\n";
    try (HostileServer server = HostileServer.web((_, out) -> drip(out, head, "1\r\nx\r\n"))) {
      assertDripEnds(server);
    }
  }

  /** Much is sent, but next to nothing of it belongs to the file. */
  @Test
  void chunkThatNeverBegins_endsInTime() throws IOException {
    String head = OK + "Transfer-Encoding: chunked\r\n\r\n5;";
    try (HostileServer server = HostileServer.web((_, out) -> drip(out, head, "ext"))) {
      assertDripEnds(server);
    }
  }

  private void assertDripEnds(HostileServer server) {
    SourceException refusal = lab.refusal(server.url("/a.zip"));
    assertThat(refusal).hasMessage("The source sent less than 1000 bytes in 0.5 seconds");
    assertThat(refusal.reason()).isEqualTo(Reason.STALLED);
  }

  /** A slow source that goes on is no stalled one: this takes three times the limit. */
  @Test
  void slowSourceThatGoesOn_isHeardToTheEnd() throws IOException {
    try (HostileServer server =
        HostileServer.web((_, out) -> {
          out.write((OK + "\r\n").getBytes(ISO_8859_1));
          for (int piece = 0; piece < 10; piece++) {
            out.write("x".repeat(1000).getBytes(ISO_8859_1));
            pause(Duration.ofMillis(150));
          }
        })) {
      assertThat(lab.bytes(server.url("/a.zip"))).hasSize(10_000);
    }
  }

  @Test
  void compressedBody_isNotUnpacked() throws IOException {
    var bomb = new ByteArrayOutputStream();
    bomb.writeBytes((OK + "Content-Encoding: gzip\r\n\r\n").getBytes(ISO_8859_1));
    int headLength = bomb.size();
    try (var gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[50 * (int) Lab.MAX_BYTES]);
    }
    assertThat(bomb.size()).isLessThan(100_000);
    try (HostileServer server = HostileServer.web((_, out) -> out.write(bomb.toByteArray()))) {
      SourceException refusal = lab.refusal(server.url("/a.bin"));
      assertThat(refusal).hasMessage("127.0.0.2 compresses the file, although it was asked not to");
      assertThat(refusal.reason()).isEqualTo(Reason.COMPRESSED);
      assertThat(lab.bytes(server.url("/a.tar.gz"))).hasSize(bomb.size() - headLength);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "deflate, /a.gz, false",
    "br, /a.gz, false",
    "'gzip, gzip', /a.gz, false",
    "X-GZIP, /a.TGZ, true",
    "identity, /a.bin, true",
  })
  void codingOfABody_isRefusedUnlessItIsThatOfTheFile(String coding, String path, boolean taken)
      throws IOException {
    try (HostileServer server =
        HostileServer.web(OK + "Content-Encoding: " + coding + "\r\n\r\nhello")) {
      if (taken) {
        assertThat(lab.bytes(server.url(path))).hasSize(5);
      } else {
        assertThat(lab.reason(server.url(path))).isEqualTo(Reason.COMPRESSED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/film.mkv, text/html, '', true",
    "/a.ZIP, Text/HTML; charset=utf-8, '', true",
    "/a.zip, application/xhtml+xml, '', true",
    "/a.zip, text/html, attachment; filename=a.zip, false",
    "/a.zip, application/zip, '', false",
    "/a.html, text/html, '', false",
    "/a, text/html, '', false",
    "/?abc, text/html, '', false",
    "/get.php, text/html, '', false",
  })
  void webPage_isNoArchive(String path, String type, String disposition, boolean refused)
      throws IOException {
    String headers = "Content-Type: " + type + "\r\nContent-Length: 5\r\n";
    String named = disposition.isEmpty() ? "" : "Content-Disposition: " + disposition + "\r\n";
    try (HostileServer server = HostileServer.web(OK + headers + named + "\r\nsorry")) {
      if (refused) {
        SourceException refusal = lab.refusal(server.url(path));
        assertThat(refusal)
            .hasMessage(
                "127.0.0.2 answers with a web page, not with the file that its address names");
        assertThat(refusal.reason()).isEqualTo(Reason.WEB_PAGE);
      } else {
        assertThat(lab.bytes(server.url(path))).hasSize(5);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, REFUSED, 127.0.0.2 does not give the file to us (status 401)",
    "403, REFUSED, 127.0.0.2 does not give the file to us (status 403)",
    "404, REFUSED, 127.0.0.2 has no such file (status 404)",
    "410, REFUSED, 127.0.0.2 has no such file (status 410)",
    "204, REFUSED, 127.0.0.2 does not send the file (status 204)",
    "304, REFUSED, 127.0.0.2 does not send the file (status 304)",
    "416, REFUSED, 127.0.0.2 does not send the file (status 416)",
    "501, REFUSED, 127.0.0.2 does not send the file (status 501)",
    "206, NONSENSE, The answer of 127.0.0.2 cannot be understood",
    "429, BUSY, 127.0.0.2 cannot send the file now (status 429)",
    "500, BUSY, 127.0.0.2 cannot send the file now (status 500)",
    "503, BUSY, 127.0.0.2 cannot send the file now (status 503)",
  })
  void refusal_isSaidInOurWords(int status, Reason reason, String message) throws IOException {
    String answer = "HTTP/1.1 " + status + " hunter2\r\nContent-Length: 7\r\n\r\nhunter2";
    try (HostileServer server = HostileServer.web(answer)) {
      SourceException refusal = lab.refusal(server.url("/a.zip?token=hunter2"));
      assertThat(refusal.reason()).isEqualTo(reason);
      assertThat(refusal).hasMessage(message).hasNoCause();
      assertThat(refusal.again()).isEqualTo(reason == Reason.BUSY);
    }
  }

  @Test
  void nobodyAtThePort_isUnreachable() throws IOException {
    var gone = new Witness(HostileServer.ADDRESS);
    gone.close();
    SourceException refusal =
        lab.refusal("http://" + HostileServer.ADDRESS + ":" + gone.port() + "/");
    assertThat(refusal).hasMessage("127.0.0.2 cannot be reached");
    assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void unknownName_isSaid() {
    SourceException refusal = lab.refusal("http://nobody.invalid/");
    assertThat(refusal).hasMessage("No address is known of nobody.invalid");
    assertThat(refusal.again()).isTrue();
  }

  @Test
  void nameSystemThatDoesNotAnswer_isNotWaitedFor() {
    var limits = Lab.POLICY.limits();
    var impatient =
        new FetchLimits(
            limits.ports(),
            5,
            4,
            Duration.ofMillis(50),
            limits.connect(),
            limits.answer(),
            limits.stall(),
            1,
            1,
            1,
            1,
            1);
    Names silent =
        _ -> {
          await();
          throw new AssertionError("nobody waits for this");
        };
    try (var names = new Lookups(silent, impatient.lookup())) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class,
                  () -> names.addresses(SourceUrl.parse("http://example.org/"))))
          .hasMessage("The name system says nothing about example.org");
    }
  }

  @Test
  @SuppressWarnings("try")
  void closing_endsAReadOfAnotherThread() throws Exception {
    try (HostileServer server =
            HostileServer.web((_, out) -> {
              out.write((OK + "Content-Length: 10\r\n\r\nhello").getBytes(ISO_8859_1));
              await();
            });
        Fetched fetched = lab.open(server.url("/a.zip"))) {
      assertThat(fetched.body().readNBytes(5)).hasSize(5);
      var seen = new AtomicReference<SourceException>();
      Thread reader = Thread.ofVirtual().start(() -> seen.set(readRefusal(fetched.body())));
      long begin = System.nanoTime();
      fetched.close();
      assertThat(reader.join(Duration.ofSeconds(5))).isTrue();
      assertThat(seen.get().reason()).isEqualTo(Reason.STOPPED);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(400));
      assertThat(readRefusal(fetched.body()).reason()).isEqualTo(Reason.STOPPED);
    }
  }

  private static SourceException readRefusal(InputStream body) {
    return catchThrowableOfType(SourceException.class, body::read);
  }

  @Test
  void interrupting_endsTheOpening() throws Exception {
    var asked = new CountDownLatch(1);
    try (HostileServer server =
        HostileServer.web((_, _) -> {
          asked.countDown();
          await();
        })) {
      var seen = new AtomicReference<SourceException>();
      Thread opener = Thread.ofVirtual().start(() -> seen.set(openRefusal(server)));
      asked.await();
      long begin = System.nanoTime();
      opener.interrupt();
      assertThat(opener.join(Duration.ofSeconds(5))).isTrue();
      assertThat(seen.get().reason()).isEqualTo(Reason.STOPPED);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/d/Film%20%C3%A9.mkv, , Film é.mkv",
    "/d/..%2f..%5cetc, , etc",
    "/d/x, attachment; filename=\"a b.zip\", a b.zip",
    "/d/x, attachment; filename=\"é.zip\", é.zip",
    "/d/x, attachment, x",
    "/d/x, attachment; filename=\"\", x",
  })
  void fileName_isThatOfTheHeaderOrThePath(String path, String disposition, String name)
      throws IOException {
    String header = disposition == null ? "" : "Content-Disposition: " + disposition + "\r\n";
    byte[] answer = (OK + header + "\r\n").getBytes(UTF_8);
    try (HostileServer server = HostileServer.web((_, out) -> out.write(answer));
        Fetched fetched = lab.open(server.url(path))) {
      assertThat(fetched.fileName()).contains(name);
      assertThat(fetched.length()).isEmpty();
      assertThat(fetched.offset()).isZero();
    }
  }

  private static void flood(OutputStream out, String begin, String piece) throws IOException {
    out.write(begin.getBytes(ISO_8859_1));
    byte[] pieces = piece.repeat(20_000 / piece.length()).getBytes(ISO_8859_1);
    while (true) {
      out.write(pieces);
    }
  }

  private void drip(OutputStream out, String begin, String piece) throws IOException {
    out.write(begin.getBytes(ISO_8859_1));
    while (over.getCount() > 0) {
      out.write(piece.getBytes(ISO_8859_1));
      pause(Duration.ofMillis(20));
    }
  }

  private void await() {
    pause(Duration.ofMinutes(1));
  }

  /** Until the test is over, but no longer. */
  private void pause(Duration time) {
    try {
      over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
