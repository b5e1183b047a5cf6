package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which boundaries a content type may announce. */
final class BoundaryTest {
  private static final String PREFIX = "multipart/form-data; boundary=";

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data; boundary=XbOuNdX, XbOuNdX",
    "multipart/form-data;boundary=\"XbOuNdX\", XbOuNdX",
    "Multipart/Form-Data; charset=utf-8; BOUNDARY=----WebKitFormBoundary7MA4YWxkTrZu0gW,"
        + " ----WebKitFormBoundary7MA4YWxkTrZu0gW",
    "'multipart/form-data; boundary=\"a b:c=d?''()+_,-./\"; x=y', 'a b:c=d?''()+_,-./'",
    "multipart/form-data; boundary=a=b/c:d ; x=y, a=b/c:d",
  })
  void boundary_quotedOrNot_isRead(String contentType, String expected) throws IOException {
    assertThat(Boundary.ofContentType(contentType)).isEqualTo(new Boundary(expected));
  }

  @Test
  void boundary_ofSeventyCharacters_isTheLongest() throws IOException {
    String longest = "b".repeat(70);
    assertThat(Boundary.ofContentType(PREFIX + longest).text()).isEqualTo(longest);
    assertThatThrownBy(() -> Boundary.ofContentType(PREFIX + longest + "b"))
        .isInstanceOf(MalformedBody.class)
        .hasMessage("Boundary must be 1 to 70 characters of RFC 2046: " + PREFIX + longest + "b");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, Content-Type must be multipart/form-data: text/plain",
    "multipart/mixed; boundary=a, Content-Type must be multipart/form-data: multipart/mixed;"
        + " boundary=a",
    "multipart/form-data, Content-Type has no boundary: multipart/form-data",
    "multipart/form-data; boundary=, Boundary must be 1 to 70 characters of RFC 2046:"
        + " multipart/form-data; boundary=",
    "multipart/form-data; boundary=\"a \", Boundary must be 1 to 70 characters of RFC 2046:"
        + " multipart/form-data; boundary=\"a \"",
    "multipart/form-data; boundary=a*b, Boundary must be 1 to 70 characters of RFC 2046:"
        + " multipart/form-data; boundary=a*b",
    "multipart/form-data; boundary=\"a, Closing quote is missing: multipart/form-data;"
        + " boundary=\"a",
  })
  void boundary_thatIsWrong_isRefused(String contentType, String message) {
    assertThatThrownBy(() -> Boundary.ofContentType(contentType))
        .isInstanceOf(MalformedBody.class)
        .hasMessage(message);
  }
}
