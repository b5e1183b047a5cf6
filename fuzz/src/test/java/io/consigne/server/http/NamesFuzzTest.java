package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.tree.FileName;
import io.consigne.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A name is refused, or one that no header, form or path can mistake for anything else: it comes
 * out of each as it went in.
 */
final class NamesFuzzTest extends FuzzTarget {
  @FuzzTest
  void fuzz(byte[] input) throws MalformedBody {
    check(input);
  }

  @Override
  protected void check(byte[] input) throws MalformedBody {
    String text = new String(input, StandardCharsets.UTF_8);
    String header = ContentDisposition.attachment(text);
    assertThat(header)
        .matches("attachment; filename=\"[ !#-\\[\\]-~]*\"(; filename\\*=UTF-8''\\S*)?");
    checkPath(text);
    checkForm(text);
    FileName name;
    try {
      name = FileName.parse(text);
    } catch (FailureException refused) {
      assertThat(refused.failure()).isInstanceOf(Failure.Invalid.class);
      assertThat(refused.getMessage()).doesNotContainPattern("[\\p{Cntrl}]");
      return;
    }
    assertThat(name.value()).isEqualTo(text).doesNotContainPattern("[\\x00-\\x1f\\x7f/]");
    assertThat(name.value()).isNotIn("", ".", "..");
    assertThat(ofDisposition(header)).isEqualTo(text);
  }

  private static String ofDisposition(String header) throws MalformedBody {
    HeaderParameters parameters = HeaderParameters.parse(header);
    String extended = parameters.get("filename*");
    if (extended == null) {
      return String.valueOf(parameters.get("filename"));
    }
    var octets = new ByteArrayOutputStream();
    PercentCoding.decode(extended.substring("UTF-8''".length()), octets);
    return octets.toString(StandardCharsets.UTF_8);
  }

  private static void checkPath(String text) {
    try {
      String path = RequestPath.decode(text);
      assertThat("/" + path + "/").doesNotContain("/../", "/./", "\\", "\r", "\n", "\0");
      assertThat(path.chars().filter(c -> c == '/').count())
          .isEqualTo(text.chars().filter(c -> c == '/').count());
    } catch (IllegalArgumentException refused) {
      assertThat(refused).isNotInstanceOf(NumberFormatException.class);
    }
  }

  private static void checkForm(String text) throws MalformedBody {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    FormFields fields = FormFields.query("a=" + encoded + "&a=2");
    assertThat(fields.all("a")).containsExactly(text, "2");
    try {
      FormFields hostile = FormFields.body(text.getBytes(StandardCharsets.UTF_8));
      assertThat(hostile.names().count()).isLessThanOrEqualTo(HttpLimits.FORM_FIELDS);
    } catch (MalformedBody refused) {
      assertThat(text).isNotEmpty();
    }
  }
}
