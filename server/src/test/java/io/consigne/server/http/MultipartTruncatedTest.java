package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A body that ends before its closing boundary never looks complete. */
final class MultipartTruncatedTest {
  private static final byte[] BODY =
      """
      preamble
      --XbOuNdX
      Content-Disposition: form-data; name="did"

      12
      --XbOuNdX
      Content-Disposition: form-data; name="file[]"; filename="hello.txt"

      hello
      --XbOuNdX--
      """
          .replace("\n", "\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  @Test
  void body_cutAnywhere_isTruncated() throws IOException {
    int complete = BODY.length - "\r\n".length();
    for (int length = 0; length < complete; length++) {
      byte[] cut = Arrays.copyOf(BODY, length);
      assertThatThrownBy(() -> Bodies.readAll(Bodies.reader(cut)))
          .as("cut after %d bytes", length)
          .isInstanceOf(TruncatedBody.class)
          .hasMessage("The body ended before its closing boundary");
    }
    for (int length = complete; length <= BODY.length; length++) {
      assertThat(Bodies.readAll(Bodies.reader(Arrays.copyOf(BODY, length)))).hasSize(2);
    }
  }

  @Test
  void body_thatWasTruncated_staysTruncated() {
    Multipart body = Bodies.reader(Arrays.copyOf(BODY, BODY.length - 5));
    assertThatThrownBy(() -> Bodies.readAll(body)).isInstanceOf(TruncatedBody.class);
    assertThatThrownBy(body::nextPart).isInstanceOf(TruncatedBody.class);
  }
}
