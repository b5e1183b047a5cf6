package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers whose bytes are too many, too few, or make no sense. */
@Timeout(30)
final class HostileBodyTest extends HostileSource {
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
}
