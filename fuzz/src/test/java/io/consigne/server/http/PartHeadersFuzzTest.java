package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.fuzz.FuzzTarget;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The headers of a part are refused as malformed, or name something without a line end or a NUL
 * that reads the same when it is written again; the boundary in them is one of RFC 2046.
 */
final class PartHeadersFuzzTest extends FuzzTarget {
  @FuzzTest
  void fuzz(byte[] input) throws MalformedBody {
    check(input);
  }

  @Override
  protected void check(byte[] input) throws MalformedBody {
    PartHeaders headers;
    try {
      headers = PartHeaders.parse(ByteBuffer.wrap(input));
    } catch (MalformedBody refused) {
      checkBoundary(new String(input, StandardCharsets.ISO_8859_1));
      return;
    }
    assertThat(headers.name()).doesNotContain("\r", "\n", "\0");
    String again = "\r\nContent-Disposition: form-data; name=" + quoted(headers.name());
    if (headers.fileName() != null) {
      again += "; filename=" + quoted(headers.fileName());
    }
    if (headers.fileName() == null || headers.fileName().chars().noneMatch(c -> c < ' ')) {
      assertThat(PartHeaders.parse(StandardCharsets.UTF_8.encode(again))).isEqualTo(headers);
    }
  }

  private static void checkBoundary(String contentType) {
    try {
      Boundary boundary = Boundary.ofContentType(contentType);
      assertThat(boundary.text()).hasSizeBetween(1, 70).doesNotContain("\r", "\n", "\"");
      assertThat(Boundary.ofContentType("multipart/form-data; boundary=" + quoted(boundary.text())))
          .isEqualTo(boundary);
    } catch (MalformedBody refused) {
      // As it should be.
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
