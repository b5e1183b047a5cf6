package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer says of the file: its coding, its type, its name, or that there is none. */
@Timeout(30)
final class OddAnswerTest extends HostileSource {
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
    "/report.docx, text/html, '', true",
    "/film.srt, text/html, '', true",
    "/a.7z.001, text/html, '', true",
    "/a.html, text/html, '', false",
    "/a.xhtml, application/xhtml+xml, '', false",
    "/index.aspx, text/html, '', false",
    "/release-1.2, text/html, '', false",
    "/a.reference, text/html, '', false",
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

  @ParameterizedTest
  @CsvSource({
    "Retry-After: 120, PT2M",
    "'Retry-After: Sat, 21 Nov 2026 19:30:00 GMT', PT30M",
    "'Retry-After: Sat, 21 Nov 2026 18:30:00 GMT', ",
    "Retry-After: soon, ",
    "Retry-After: -5, ",
    "Retry-After: 99999999999999999999, ",
    "X-None: 1, ",
  })
  void timeThatAServerAsksFor_isTold(String header, @Nullable Duration asked) throws IOException {
    String answer =
        "HTTP/1.1 503 No\r\nDate: Sat, 21 Nov 2026 19:00:00 GMT\r\n"
            + header
            + "\r\nContent-Length: 0\r\n\r\n";
    try (HostileServer server = HostileServer.web(answer)) {
      assertThat(lab.refusal(server.url("/a.zip")).retryAfterOrNull()).isEqualTo(asked);
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
}
