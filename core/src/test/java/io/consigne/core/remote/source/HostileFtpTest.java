package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FTP servers that send us to others, talk without end, or lie about their file. */
@Timeout(30)
final class HostileFtpTest {
  private static final String STATE = "20261121190000/10";

  private final Lab lab = new Lab();
  private final FtpScript script = new FtpScript();
  private final HostileServer server;
  private final CountDownLatch over = new CountDownLatch(1);

  HostileFtpTest() throws IOException {
    server = new HostileServer(HostileServer.ADDRESS, script);
  }

  @AfterEach
  void end() {
    over.countDown();
    server.close();
    lab.close();
  }

  private String url() {
    return "ftp://" + HostileServer.ADDRESS + ":" + server.port() + "/d/a%20b.zip";
  }

  @Test
  void file_isFetchedPassively() throws IOException {
    try (Fetched fetched = lab.open(url())) {
      assertThat(fetched.length()).hasValue(10);
      assertThat(fetched.offset()).isZero();
      assertThat(fetched.fileName()).contains("a b.zip");
      assertThat(fetched.validator()).contains(STATE);
      assertThat(fetched.body().readAllBytes()).asString(UTF_8).isEqualTo(FtpScript.FILE);
    }
    assertThat(script.commands)
        .containsExactly(
            "USER anonymous",
            "PASS anonymous@",
            "TYPE I",
            "SIZE d/a b.zip",
            "MDTM d/a b.zip",
            "EPSV",
            "RETR d/a b.zip");
  }

  /** It sent text with other ends of lines, which was taken for the file. */
  @Test
  void serverThatSendsNothingAsItIs_isRefused() {
    script.reply("TYPE", "504 Only text");
    assertThat(lab.refusal(url()))
        .hasMessage("127.0.0.2 does not send files as they are (reply 504)");
    assertThat(script.commands).doesNotContain("RETR d/a b.zip");
  }

  @Test
  void oldServer_isAskedTheOldWay() throws IOException {
    script.reply("EPSV", "500 What?").reply("SIZE", "500 What?").reply("MDTM", "500 What?");
    try (Fetched fetched = lab.open(url())) {
      assertThat(fetched.length()).isEmpty();
      assertThat(fetched.validator()).isEmpty();
      assertThat(fetched.body().readAllBytes()).asString(UTF_8).isEqualTo(FtpScript.FILE);
    }
    assertThat(script.commands).contains("PASV").noneMatch(line -> line.startsWith("PORT"));
  }

  /** The bounce: the server names another place for the data. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "10.0.0.1"})
  void placeOfAnother_isIgnored(String address) throws IOException {
    try (var witness = new Witness("127.0.0.1")) {
      script
          .reply("EPSV", "500 What?")
          .reply("PASV", "227 Passive (" + FtpScript.commas(address, witness.port()) + ")");
      assertThat(lab.refusal(url())).hasMessage("127.0.0.2 cannot be reached");
      witness.sawNobody();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "229 Passive (|1|127.0.0.1|%d|)",
        "229 Passive (|2|::1|%d|)",
        "229 Passive (|||%d",
        "229 Passive",
        "229 ()",
        "229 Passive (|||-1|)",
        "229 Passive (|||99999999|)",
        "229 Passive (|||70000|)",
      })
  void placeThatMakesNoSense_isRefused(String reply) throws IOException {
    try (var witness = new Witness("127.0.0.1")) {
      script.reply("EPSV", reply.formatted(witness.port()));
      assertThat(lab.reason(url())).isEqualTo(Reason.NONSENSE);
      witness.sawNobody();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 22, 25, 1023})
  void portOfAService_isNotDialled(int port) {
    script.reply("EPSV", "229 Passive (|||" + port + "|)");
    SourceException refusal = lab.refusal(url());
    assertThat(refusal).hasMessage("The source wants its file fetched from another place");
    assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 500 No, BUSY, 127.0.0.2 does not let us in now (reply 500)",
    "'', 421 Full, UNREACHABLE, 127.0.0.2 closed the connection without an answer",
    "'', hunter2, NONSENSE, The answer of 127.0.0.2 cannot be understood",
    "'', HTTP/1.1 200 OK, NONSENSE, The answer of 127.0.0.2 cannot be understood",
    "PASS, 530 hunter2, REFUSED, 127.0.0.2 does not let us in (reply 530)",
    "PASS, 431 hunter2, BUSY, 127.0.0.2 does not let us in (reply 431)",
    "RETR, 550 hunter2, REFUSED, 127.0.0.2 does not send the file (reply 550)",
    "RETR, 450 hunter2, BUSY, 127.0.0.2 does not send the file (reply 450)",
  })
  void refusal_isSaidInOurWords(String command, String reply, Reason reason, String message) {
    script.reply(command, reply);
    SourceException refusal = lab.refusal(url().replace("//", "//alice:hunter2@"));
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal).hasMessage(message).hasNoCause();
  }

  @Test
  void login_isThatOfTheAddress() throws IOException {
    lab.bytes(url().replace("//", "//al%40ice:p%3Aw%2F@"));
    assertThat(script.commands).startsWith("USER al@ice", "PASS p:w/");
  }

  @ParameterizedTest
  @CsvSource({"11, 10 of 11", "1000000, 10 of 1000000"})
  void fileShorterThanItsSize_isBroken(long size, String message) {
    script.reply("SIZE", "213 " + size);
    assertThat(lab.refusal(url())).hasMessage("The source ended after " + message + " bytes");
  }

  @Test
  void fileLongerThanItsSize_isBroken() {
    script.reply("SIZE", "213 9");
    assertThat(lab.refusal(url()))
        .hasMessage("The source sends more than the 9 bytes that it named");
  }

  @Test
  void sizeBeyondTheLimit_isRefusedAtOnce() {
    script.reply("SIZE", "213 1000001");
    assertThat(lab.reason(url())).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void sizeThatIsNone_isUnknown() throws IOException {
    script.reply("SIZE", "213 99999999999999999999");
    try (Fetched fetched = lab.open(url())) {
      assertThat(fetched.length()).isEmpty();
    }
  }

  @Test
  void endlessFile_endsAtTheLimit() {
    script
        .reply("SIZE", "500 What?")
        .file(
            (_, out) -> {
              while (true) {
                out.write(new byte[10_000]);
              }
            },
            "226 Done");
    assertThat(lab.reason(url())).isEqualTo(Reason.TOO_LARGE);
  }

  /** Without a size, only the last reply tells whether it was all. */
  @Test
  void fileThatTheServerBreaksOff_isBroken() {
    script
        .reply("SIZE", "500 What?")
        .file((_, out) -> out.write("0123".getBytes(US_ASCII)), "426 Broken");
    SourceException refusal = lab.refusal(url());
    assertThat(refusal).hasMessage("127.0.0.2 did not send the whole file (reply 426)");
    assertThat(refusal.again()).isTrue();
  }

  @Test
  void dripInTheFile_endsInTime() {
    script.file(
        (_, out) -> {
          while (over.getCount() > 0) {
            out.write('x');
            pause(Duration.ofMillis(20));
          }
        },
        "226 Done");
    script.reply("SIZE", "213 900000");
    assertThat(lab.refusal(url()))
        .hasMessage("The source sent less than 1000 bytes in 0.5 seconds");
  }

  @Test
  void silenceAfterTheFile_endsInTime() {
    script.file(
        (offset, out) -> {
          out.write(FtpScript.FILE.substring(offset).getBytes(US_ASCII));
          out.close();
          pause(Duration.ofMinutes(1));
        },
        "226 Done");
    assertThat(lab.refusal(url())).hasMessage("The source did not answer within 2.0 seconds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "220-x\r\n"})
  void endlessTalk_isCutOff(String piece) throws IOException {
    try (var talker =
        new HostileServer(
            HostileServer.ADDRESS,
            socket -> {
              byte[] pieces = ("220-" + piece.repeat(1000)).getBytes(US_ASCII);
              while (true) {
                socket.getOutputStream().write(pieces);
              }
            })) {
      SourceException refusal =
          lab.refusal("ftp://" + HostileServer.ADDRESS + ":" + talker.port() + "/a");
      assertThat(refusal).hasMessage("The source talks without end");
    }
  }

  @Test
  void dripInTheTalk_endsInTime() throws IOException {
    try (var talker =
        new HostileServer(
            HostileServer.ADDRESS,
            socket -> {
              while (over.getCount() > 0) {
                socket.getOutputStream().write("220-x\r\n".getBytes(US_ASCII));
                pause(Duration.ofMillis(20));
              }
            })) {
      assertThat(lab.refusal("ftp://" + HostileServer.ADDRESS + ":" + talker.port() + "/a"))
          .hasMessage("The source did not answer within 2.0 seconds");
    }
  }

  @Test
  void addressWithoutFile_isRefused() {
    assertThat(lab.refusal("ftp://" + HostileServer.ADDRESS + "/"))
        .hasMessage("The address names no file");
  }

  @Test
  void rest_isTaken() throws IOException {
    try (Fetched fetched = lab.resume(url(), 4, STATE)) {
      assertThat(fetched.offset()).isEqualTo(4);
      assertThat(fetched.body().readAllBytes()).asString(UTF_8).isEqualTo("456789");
    }
    assertThat(script.commands).contains("REST 4");
  }

  @ParameterizedTest
  @CsvSource({
    "MDTM, 213 20261121190001",
    "SIZE, 213 11",
    "MDTM, 500 What?",
    "REST, 502 What?",
  })
  void otherFile_beginsAnew(String command, String reply) throws IOException {
    script.reply(command, reply);
    try (Fetched fetched = lab.resume(url(), 4, STATE)) {
      assertThat(fetched.offset()).isZero();
      assertThat(new String(fetched.body().readNBytes(10), UTF_8)).isEqualTo(FtpScript.FILE);
    }
  }

  @Test
  @SuppressWarnings("try")
  void closing_endsAReadOfAnotherThread() throws Exception {
    script.file((_, _) -> pause(Duration.ofMinutes(1)), "226 Done");
    try (Fetched fetched = lab.open(url())) {
      var read = new CompletableFuture<SourceException>();
      Thread.ofVirtual()
          .start(() ->
              read.complete(
                  catchThrowableOfType(SourceException.class, () -> fetched.body().read())));
      fetched.close();
      assertThat(read.get(5, TimeUnit.SECONDS).reason()).isEqualTo(Reason.STOPPED);
    }
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
