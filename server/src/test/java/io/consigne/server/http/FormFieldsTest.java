package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Query strings and forms as fields. */
final class FormFieldsTest {
  @Test
  void query_ofALink_hasItsIdFirst() throws IOException {
    FormFields fields = FormFields.query("abc&auth=1&e=1");
    assertThat(fields.names()).containsExactly("abc", "auth", "e");
    assertThat(fields.bareName()).contains("abc");
    assertThat(fields.has("abc")).isTrue();
    assertThat(fields.first("abc")).contains("");
    assertThat(fields.first("e")).contains("1");
    assertThat(fields.has("inline")).isFalse();
    assertThat(fields.first("inline")).isEmpty();
  }

  @Test
  void bareName_isTheFirstWithoutValue() throws IOException {
    assertThat(FormFields.query("auth=1&abc=&inline").bareName()).contains("abc");
    assertThat(FormFields.query("auth=1").bareName()).isEmpty();
  }

  @Test
  void name_thatRepeats_keepsItsOrder() throws IOException {
    FormFields fields = FormFields.query("links[]=a&x=1&links%5B%5D=b&links[]=a");
    assertThat(fields.all("links[]")).containsExactly("a", "b", "a");
    assertThat(fields.first("links[]")).contains("a");
    assertThat(fields.all("links")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a+b, a b",
    "a%2Bb, a+b",
    "a%20b%26%3d%3D, a b&==",
    "%C3%A9%F0%9F%8E%89é, é🎉é",
    "b=c=d, b=c=d",
    "https://1fichier.com/?4m1x0, https://1fichier.com/?4m1x0",
    "'', ''",
  })
  void value_isDecoded(String sent, String expected) throws IOException {
    assertThat(FormFields.query("pass=" + sent).first("pass")).contains(expected);
    assertThat(FormFields.body(("pass=" + sent).getBytes(StandardCharsets.UTF_8)).first("pass"))
        .contains(expected);
  }

  private static FormFields parts(String body) throws IOException {
    byte[] bytes = body.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8);
    var limits = new MultipartLimits(3, 200);
    var in = new ByteArrayInputStream(bytes);
    return FormFields.parts(new Multipart(in, new Boundary("b"), new byte[400], limits), 10);
  }

  private static String part(String name, String value) {
    return "--b|Content-Disposition: form-data; name=\"" + name + "\"||" + value + "|";
  }

  @Test
  void parts_areFieldsAsTheyStand_butForFiles() throws IOException {
    String file = part("f\"; filename=\"a.txt", "content that is long");
    FormFields fields = parts(part("a", "1+%201") + file + part("a", "") + "--b--|");
    assertThat(fields.names()).containsExactly("a", "a");
    assertThat(fields.all("a")).containsExactly("1+%201", "");
  }

  @Test
  void parts_thatAreTooLong_tooManyOrCutOff_areRefused() {
    assertThatThrownBy(() -> parts(part("a", "12345678901") + "--b--|"))
        .isInstanceOf(OversizedBody.class)
        .hasMessage("Field a is larger than 10 bytes");
    assertThatThrownBy(() -> parts(part("a", "1").repeat(4) + "--b--|"))
        .isInstanceOf(OversizedBody.class);
    assertThatThrownBy(() -> parts(part("a", "1"))).isInstanceOf(TruncatedBody.class);
  }

  @Test
  void emptyFields_arePassed() throws IOException {
    assertThat(FormFields.query("").names()).isEmpty();
    assertThat(FormFields.query("&&a=1&&b&").names()).containsExactly("a", "b");
    assertThat(FormFields.query("=1").first("")).contains("1");
  }

  @ParameterizedTest
  @CsvSource({
    "a=%, Two hex digits must follow each %: %",
    "a=b%4, Two hex digits must follow each %: b%4",
    "%zz=b, Two hex digits must follow each %: %zz",
    "a=%+1, Two hex digits must follow each %: % 1",
    "a=%ff, Form field %ff: not UTF-8",
    "a=%C3, Form field %C3: not UTF-8",
  })
  void escape_thatIsWrong_isRefused(String text, String message) {
    assertThatThrownBy(() -> FormFields.query(text))
        .isInstanceOf(MalformedBody.class)
        .hasMessage(message);
  }

  @Test
  void body_thatIsNotUtf8_isRefused() {
    assertThatThrownBy(() -> FormFields.body(new byte[] {'a', '=', (byte) 0xff}))
        .isInstanceOf(MalformedBody.class)
        .hasMessage("The form: not UTF-8");
  }

  @Test
  void fields_aboveTheLimit_areRefused() throws IOException {
    assertThat(FormFields.query("a&".repeat(1000)).names()).hasSize(1000);
    assertThatThrownBy(() -> FormFields.query("a&".repeat(1001)))
        .isInstanceOf(OversizedBody.class)
        .hasMessage("There are more than 1000 form fields");
  }
}
