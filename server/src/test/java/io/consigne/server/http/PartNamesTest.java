package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.server.http.Bodies.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the headers of a part say: names are literal, and what is unclear is refused. */
final class PartNamesTest {
  private static Optional<String> fileName(String parameters) throws IOException {
    return Bodies.withDisposition("form-data; name=f; " + parameters).fileName();
  }

  private static Seen withHeaders(String lines) throws IOException {
    return Bodies.read("--XbOuNdX\n" + lines + "\n\nx\n--XbOuNdX--").getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "percent%20plus+.txt",
        "test%46.txt",
        "semi;colon=a,b.txt",
        "quote%22.txt",
        "=?UTF-8?B?YQ==?=",
        "C:\\dir\\file.txt",
        "Zażółć 日本語 🎉.txt",
        " led and trailed ",
        "it's; name=\u2019x\u2019",
        ""
      })
  void fileName_inQuotes_isLiteral(String name) throws IOException {
    assertThat(fileName("filename=\"" + name + "\"")).contains(name);
  }

  @Test
  void fileName_escapes_areQuoteAndBackslashOnly() throws IOException {
    assertThat(fileName("filename=\"a\\\"b\\\\c\\nd\"")).contains("a\"b\\c\\nd");
  }

  @Test
  void fileName_withoutQuotes_isAccepted() throws IOException {
    assertThat(fileName("filename=a b.txt ; x=y")).contains("a b.txt");
  }

  @Test
  void fileName_absent_isAPlainField() throws IOException {
    assertThat(Bodies.withDisposition("form-data; name=\"did\"").fileName()).isEmpty();
  }

  @Test
  void extendedFileName_isUsedAlone() throws IOException {
    assertThat(fileName("filename*=UTF-8''na%C3%AFve%20%22x%22+.txt"))
        .contains("na\u00efve \"x\"+.txt");
    assertThat(fileName("filename*=utf-8'en'x")).contains("x");
  }

  @Test
  void extendedFileName_besidePlain_isIgnored() throws IOException {
    assertThat(fileName("filename*=UTF-8''b; filename=\"a\"")).contains("a");
    assertThat(fileName("filename=\"a\"; filename*=nonsense%")).contains("a");
  }

  @ParameterizedTest
  @CsvSource({
    "filename*=ISO-8859-1''a, filename* must begin with UTF-8'': ISO-8859-1''a",
    "filename*=UTF-8'a, filename* must begin with UTF-8'': UTF-8'a",
    "filename*=UTF-8''%4, Two hex digits must follow each %: %4",
    "filename*=UTF-8''%4g, Two hex digits must follow each %: %4g",
    "filename*=UTF-8''%ff, filename*: not UTF-8",
  })
  void extendedFileName_thatIsWrong_isRefused(String parameter, String message) {
    assertThatThrownBy(() -> fileName(parameter))
        .isInstanceOf(MalformedBody.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'form-data; name=\"a', 'Closing quote is missing: form-data; name=\"a'",
    "'form-data; name=\"a\\\"', 'Closing quote is missing: form-data; name=\"a\\\"'",
    "'form-data; name=\"a\"b', 'Text after a closing quote: form-data; name=\"a\"b'",
    "'form-data; name', 'Parameter without a value: form-data; name'",
    "'form-data; x; name=a', 'Parameter without a value: form-data; x; name=a'",
    "'form-data; name=a; NAME=b', 'Parameter name is there twice: form-data; name=a; NAME=b'",
    "'form-data', 'Content-Disposition must be form-data with a name: form-data'",
    "'file; name=a', 'Content-Disposition must be form-data with a name: file; name=a'",
  })
  void disposition_thatIsWrong_isRefused(String disposition, String message) {
    assertThatThrownBy(() -> Bodies.withDisposition(disposition))
        .isInstanceOf(MalformedBody.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "form-data;name=a",
        "Form-Data ; Name = a ;",
        "form-data;;\tNAME=\"a\" ; x=\"\"",
      })
  void name_inAnySpelling_isRead(String disposition) throws IOException {
    assertThat(Bodies.withDisposition(disposition).name()).isEqualTo("a");
  }

  @Test
  void headers_inAnyOrderAndCase_areRead() throws IOException {
    String lines =
        """
        X-Other: y
        content-TYPE:image/png
        Content-Transfer-Encoding: Binary
        CONTENT-DISPOSITION: form-data;
         name="a";
        \tfilename=b\
        """;
    assertThat(withHeaders(lines)).isEqualTo(new Seen("a", Optional.of("b"), "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "'Content-Type: a/b', A part has no Content-Disposition",
    "'Content-Disposition', Not a header of a part: Content-Disposition",
    "': x', Not a header of a part: : x",
    "'A: b\rContent-Type: c', 'Not a header of a part: A: b\rContent-Type: c'",
    "'A: b\0', The headers of a part contain a NUL",
    "'A: b|a: c', A part has two headers a",
    "'Content-Transfer-Encoding: base64', Content-Transfer-Encoding is not supported: base64",
  })
  void headers_thatAreWrong_areRefused(String lines, String message) {
    assertThatThrownBy(() -> withHeaders(lines.replace('|', '\n')))
        .isInstanceOf(MalformedBody.class)
        .hasMessage(message);
  }

  @Test
  void name_thatIsNotUtf8_isRefused() {
    byte[] body =
        "--XbOuNdX\r\nContent-Disposition: form-data; name=\"\u00e9\"\r\n\r\nx\r\n--XbOuNdX--"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Bodies.readAll(Bodies.reader(body)))
        .isInstanceOf(MalformedBody.class)
        .hasMessage("The headers of a part: not UTF-8");
  }
}
