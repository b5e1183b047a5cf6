package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.failure.FailureException;
import io.consigne.server.http.MalformedBody;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that nobody sends by mistake. */
@Timeout(value = 5, unit = TimeUnit.SECONDS)
class JsonRequestTest {
  private static JsonRequest parse(String json) {
    try {
      return JsonRequest.parse(json.getBytes(UTF_8));
    } catch (MalformedBody e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Writing out such a number took ten seconds and more, of anybody's request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e30000000",
        "1E+999999999",
        "-1e999999999",
        "1e-999999999",
        "0e999999999",
        "\"1e30000000\"",
        "\"1e-999999999\"",
        "\"1e99999999999\"",
        "99999999999999999999",
        "-9223372036854775809",
        "0.5",
        "\"\u0661\u0662x\"",
        "\"1_000\"",
        "\"0x10\"",
        "\" 1\"",
        "\"NaN\"",
        "[]",
        "{}"
      })
  void number_thatIsNone_isRefusedAtOnce(String number) {
    assertThatThrownBy(() -> parse("{\"n\":" + number + "}").number("n"))
        .isInstanceOf(FailureException.class)
        .hasMessageStartingWith("n must be a whole number: ");
  }

  @ParameterizedTest
  @CsvSource({
    "1e3, 1000",
    "1.50e1, 15",
    "-0, 0",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "true, 1",
    "\"12.0\", 12",
  })
  void number_inAnySpelling_isRead(String number, long value) {
    assertThat(parse("{\"n\":" + number + "}").number("n")).contains(value);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{                      | not JSON in column 2",
        "{'a':1}                | not JSON in column 2",
        "{} {}                  | not JSON in column 4",
        "{\"a\":01}             | not JSON in column 7",
        "{\"a\":NaN}            | not JSON in column 9",
        "{\"a\":\"\\x\"}        | not JSON in column 8",
        "{\"a\":1,\"a\":2}      | \"a\" is there twice",
        "{\"a\":{\"b\":1,\"b\":2}} | \"b\" is there twice",
      })
  void body_thatIsNoJson_isRefusedWithThePlace(String json, String place) {
    assertThatThrownBy(() -> parse(json)).hasMessage("body must be a JSON object: " + place);
  }

  /** The library's own words name its classes and switches. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{}, "})
  void body_thatIsNestedTooDeep_isRefusedInOurWords(String opening) {
    assertThatThrownBy(() -> parse(opening.repeat(100_000)))
        .hasMessageStartingWith(
            "body must be a JSON object: nested too deep, or too many or too long values")
        .hasMessageNotContaining("Constraints");
  }

  @Test
  void body_ofTooManyValues_isRefused() {
    assertThatThrownBy(() -> parse("{\"a\":[" + "0,".repeat(WireLimits.JSON_TOKENS) + "0]}"))
        .hasMessageStartingWith("body must be a JSON object: nested too deep, or too many");
  }

  @Test
  void body_ofAsManyFilesAsACallMayName_isTaken() {
    String one = "{\"url\":\"https://1fichier.com/?abcdefghij0123456789\",\"filename\":\"x\"},";
    String all = one.repeat(WireLimits.FILES_PER_CALL);
    JsonRequest request = parse("{\"urls\":[" + all.substring(0, all.length() - 1) + "]}");
    assertThat(request.objects("urls").orElseThrow()).hasSize(WireLimits.FILES_PER_CALL);
  }

  /** It would be stored as a question mark, and a password would match another one. */
  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "a\\udc00b", "\\udc00\\ud800"})
  void text_withHalfACharacter_isRefused(String text) {
    JsonRequest request = parse("{\"t\":\"" + text + "\",\"l\":[\"" + text + "\"]}");
    assertThatThrownBy(() -> request.text("t"))
        .hasMessageStartingWith("t must be whole Unicode characters: ");
    assertThatThrownBy(() -> request.texts("l"))
        .hasMessageStartingWith("l must be whole Unicode characters: ");
  }

  @Test
  void body_thatIsNotUtf8_isRefused() {
    assertThatThrownBy(() -> JsonRequest.parse(new byte[] {'{', '"', (byte) 0xff, '"', '}'}))
        .hasMessageStartingWith("body must be a JSON object: not JSON in column ");
  }
}
