package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rest of a file is taken only if it is the rest of that file. */
final class ResumeTest {
  private static final String WHOLE =
      "HTTP/1.1 200 OK\r\nETag: \"v2\"\r\nContent-Length: 5\r\n\r\nwhole";

  private static String part(String headers) {
    return "HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\n" + headers + "\r\n\r\n678";
  }

  /** Answers the request for a part so, and a request for all with {@link #WHOLE}. */
  private static HostileServer server(String part) throws IOException {
    return HostileServer.web((head, out) -> {
      boolean range = head.stream().anyMatch(line -> line.startsWith("Range:"));
      out.write((range ? part : WHOLE).getBytes(ISO_8859_1));
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Range: bytes 5-7/8\r\nETag: \"v1\"",
        "Content-Range: bytes 5-7/8",
        "Content-Range: bytes 5-7/8\r\nLast-Modified: Sat, 21 Nov 2026 19:00:00 GMT",
      })
  void rest_isTaken(String headers) throws IOException {
    try (var lab = new Lab();
        HostileServer server = server(part(headers));
        Fetched fetched = lab.resume(server.url("/a.zip"), 5, "\"v1\"")) {
      assertThat(fetched.offset()).isEqualTo(5);
      assertThat(fetched.length()).hasValue(8);
      assertThat(fetched.body().readAllBytes()).asString(UTF_8).isEqualTo("678");
      assertThat(server.heads.remove()).contains("Range: bytes=5-", "If-Range: \"v1\"");
      assertThat(server.heads).isEmpty();
    }
  }

  /** What begins elsewhere, or belongs to another state, must not be put behind what is there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Range: bytes 0-2/8",
        "Content-Range: bytes 4-6/8",
        "Content-Range: bytes 6-8/9",
        "Content-Range: bytes 5-7/7",
        "Content-Range: bytes 7-5/8",
        "Content-Range: bytes */8",
        "Content-Range: bytes 5-7/*",
        "Content-Range: bytes 5-7",
        "Content-Range: bytes -5-7/8",
        "Content-Range: bytes 5-99999999999999999999/8",
        "Content-Range: items 5-7/8",
        "Content-Type: multipart/byteranges; boundary=x",
        "X-None: 1",
        "Content-Range: bytes 5-7/8\r\nETag: \"v2\"",
        "Content-Range: bytes 5-7/8\r\nETag: W/\"v1\"",
      })
  void otherBytes_areNotTaken_andTheFileBeginsAnew(String headers) throws IOException {
    try (var lab = new Lab();
        HostileServer server = server(part(headers))) {
      assertBeginsAnew(lab, server, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {412, 416})
  void refusedPart_beginsTheFileAnew(int status) throws IOException {
    try (var lab = new Lab();
        HostileServer server = server("HTTP/1.1 " + status + " No\r\n\r\n")) {
      assertBeginsAnew(lab, server, 2);
    }
  }

  /** Its host was ended between the last byte and the commit. */
  @Test
  void partThatIsTheWholeFile_hasNothingLeft() throws IOException {
    String nothing = "HTTP/1.1 416 No\r\nContent-Range: bytes */5\r\nETag: \"v1\"\r\n\r\n";
    try (var lab = new Lab();
        HostileServer server = server(nothing);
        Fetched fetched = lab.resume(server.url("/a.zip"), part(OptionalLong.of(5)))) {
      assertThat(fetched.offset()).isEqualTo(5);
      assertThat(fetched.length()).hasValue(5);
      assertThat(fetched.body().readAllBytes()).isEmpty();
    }
  }

  private static SourceRequest.Part part(OptionalLong length) {
    return new SourceRequest.Part(5, "\"v1\"", length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/6\r\nETag: \"v1\"", "*/5\r\nETag: \"v2\"", "*/*", "0-4/5"})
  void otherRefusal_beginsAnew(String range) throws IOException {
    String no = "HTTP/1.1 416 No\r\nContent-Range: bytes " + range + "\r\n\r\n";
    try (var lab = new Lab();
        HostileServer server = server(no)) {
      assertBeginsAnew(lab, server, 2, OptionalLong.of(5));
    }
  }

  @Test
  void changedFile_beginsAnew() throws IOException {
    try (var lab = new Lab();
        HostileServer server = server(WHOLE)) {
      assertBeginsAnew(lab, server, 1);
    }
  }

  private static void assertBeginsAnew(Lab lab, HostileServer server, int requests)
      throws IOException {
    assertBeginsAnew(lab, server, requests, OptionalLong.empty());
  }

  private static void assertBeginsAnew(
      Lab lab, HostileServer server, int requests, OptionalLong length) throws IOException {
    try (Fetched fetched =
        lab.resume(server.url("/a.zip"), new SourceRequest.Part(5, "\"v1\"", length))) {
      assertThat(fetched.offset()).isZero();
      assertThat(fetched.length()).hasValue(5);
      assertThat(fetched.validator()).contains("\"v2\"");
      assertThat(fetched.body().readAllBytes()).asString(UTF_8).isEqualTo("whole");
      assertThat(server.asked()).isEqualTo(requests);
    }
  }

  @Test
  void webPageInsteadOfTheRest_doesNotReplaceTheFile() throws IOException {
    String page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nsorry";
    try (var lab = new Lab();
        HostileServer server = server(page)) {
      SourceException refusal =
          catchThrowableOfType(
              SourceException.class, () -> lab.resume(server.url("/get"), 5, "\"v1\""));
      assertThat(refusal)
          .hasMessage("127.0.0.2 answers with a web page instead of the rest of the file");
      assertThat(refusal.reason()).isEqualTo(Reason.BROKEN);
      assertThat(refusal.again()).isTrue();
    }
  }

  @Test
  void pageThatIsTheFile_beginsAnew() throws IOException {
    String page =
        "HTTP/1.1 200 OK\r\n"
            + "Content-Type: text/html\r\n"
            + "ETag: \"v1\"\r\n"
            + "Content-Length: 5\r\n\r\n"
            + "hello";
    try (var lab = new Lab();
        HostileServer server = server(page);
        Fetched fetched = lab.resume(server.url("/get"), 5, "\"v1\"")) {
      assertThat(fetched.offset()).isZero();
    }
  }

  @Test
  void partLongerThanTheFile_isBroken() throws IOException {
    String part =
        "HTTP/1.1 206 Partial\r\nContent-Range: bytes 5-7/8\r\nContent-Length: 9\r\n\r\n678901234";
    try (var lab = new Lab();
        HostileServer server = server(part);
        Fetched fetched = lab.resume(server.url("/a.zip"), 5, "\"v1\"")) {
      assertThat(catchThrowableOfType(SourceException.class, () -> fetched.body().readAllBytes()))
          .hasMessage("The source sends more than the 8 bytes that it named");
    }
  }

  @Test
  void partThatEndsEarly_isBroken() throws IOException {
    try (var lab = new Lab();
        HostileServer server = server(part("Content-Range: bytes 5-7/9"));
        Fetched fetched = lab.resume(server.url("/a.zip"), 5, "\"v1\"")) {
      assertThat(catchThrowableOfType(SourceException.class, () -> fetched.body().readAllBytes()))
          .hasMessage("The source ended after 8 of 9 bytes");
    }
  }

  /** It was taken for the end of the file where the length was not said once more. */
  @ParameterizedTest
  @ValueSource(strings = {"9", "*"})
  void lessThanTheRest_isBroken(String length) throws IOException {
    try (var lab = new Lab();
        HostileServer server = server(part("Content-Range: bytes 5-7/" + length));
        Fetched fetched =
            lab.resume(
                server.url("/a.zip"), new SourceRequest.Part(5, "\"v1\"", OptionalLong.of(9)))) {
      assertThat(fetched.length()).hasValue(9);
      assertThat(catchThrowableOfType(SourceException.class, () -> fetched.body().readAllBytes()))
          .hasMessage("The source ended after 8 of 9 bytes");
    }
  }

  @Test
  void restOfAFileOfAnotherLength_beginsAnew() throws IOException {
    try (var lab = new Lab();
        HostileServer server = server(part("Content-Range: bytes 5-7/8"))) {
      assertBeginsAnew(lab, server, 2, OptionalLong.of(9));
    }
  }

  @Test
  void restBeyondTheLimit_isRefused() throws IOException {
    try (var lab = new Lab();
        HostileServer server = server(part("Content-Range: bytes 5-7/1000001"))) {
      SourceException refusal =
          catchThrowableOfType(
              SourceException.class, () -> lab.resume(server.url("/a.zip"), 5, "\"v1\""));
      assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Test
  void withoutAPart_nothingIsResumed() throws IOException {
    try (var lab = new Lab();
        HostileServer server = server(part("Content-Range: bytes 5-7/8"))) {
      try (Fetched fetched = lab.open(server.url("/a.zip"))) {
        assertThat(fetched.offset()).isZero();
      }
      List<String> head = server.heads.remove();
      assertThat(head).noneMatch(line -> line.startsWith("Range") || line.startsWith("If-"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "ETag: \"v1\", \"v1\"",
        "ETag: \"a b\", none",
        "ETag: W/\"v1\", none",
        "ETag: v1, none",
        "ETag: \"v\"1\", none",
        "ETag: \"é\", none",
        "ETag: \"\", none",
        "`Last-Modified: Sat, 21 Nov 2026 19:00:00 GMT`, `Sat, 21 Nov 2026 19:00:00 GMT`",
        "`Last-Modified: Sat, 21 Nov 2026 19:59:59 GMT`, `Sat, 21 Nov 2026 19:59:59 GMT`",
        "`Last-Modified: Sat, 21 Nov 2026 20:00:00 GMT`, none",
        "`Last-Modified: yesterday`, none",
        "Accept-Ranges: none, none",
      })
  void validator_isWhatSurelyTellsStatesApart(String header, String validator) throws IOException {
    String answer =
        "HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 20:00:00 GMT\r\n" + header + "\r\n\r\n";
    try (var lab = new Lab();
        HostileServer server = HostileServer.web(answer);
        Fetched fetched = lab.open(server.url("/a.zip"))) {
      assertThat(fetched.validator().orElse(null)).isEqualTo(validator);
    }
  }
}
