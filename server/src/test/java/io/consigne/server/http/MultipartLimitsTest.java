package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is too much is refused when it is too much, without reading or keeping the rest. */
final class MultipartLimitsTest {
  private static final String HEAD = "--XbOuNdX\r\nContent-Disposition: form-data; name=\"a\"";

  /** An endless stream of one octet that counts what was taken. */
  private static final class Endless extends InputStream {
    private long taken;

    @Override
    public int read() {
      taken++;
      return 'x';
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      Arrays.fill(into, offset, offset + length, (byte) 'x');
      taken += length;
      return length;
    }
  }

  private static Multipart reader(InputStream in) {
    return new Multipart(in, Bodies.BOUNDARY, new byte[1200], Bodies.LIMITS);
  }

  private static InputStream ascii(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void headers_withoutEnd_areRefusedAtTheLimit() {
    var bomb = new Endless();
    Multipart body = reader(new SequenceInputStream(ascii(HEAD + "; filename=\""), bomb));
    assertThatThrownBy(body::nextPart)
        .isInstanceOf(OversizedBody.class)
        .hasMessage("The headers of a part are larger than 1000 bytes");
    assertThat(bomb.taken).isLessThan(2 * 1200);
  }

  @Test
  void headers_atTheLimit_areAccepted() throws IOException {
    String start = HEAD + "\r\nX: ";
    int room = 1000 - (start.length() - "--XbOuNdX".length());
    String tail = "\r\n\r\nx\r\n--XbOuNdX--";
    assertThat(Bodies.readAll(reader(ascii(start + "y".repeat(room) + tail)))).hasSize(1);
    assertThatThrownBy(() -> reader(ascii(start + "y".repeat(room + 1) + tail)).nextPart())
        .isInstanceOf(OversizedBody.class);
  }

  @Test
  void parts_aboveTheLimit_areRefused() throws IOException {
    String body = (HEAD + "\r\n\r\nx\r\n").repeat(100);
    assertThat(Bodies.readAll(reader(ascii(body + "--XbOuNdX--")))).hasSize(100);
    Multipart tooMany = reader(ascii(body + HEAD + "\r\n\r\nx\r\n--XbOuNdX--"));
    assertThatThrownBy(() -> Bodies.readAll(tooMany))
        .isInstanceOf(OversizedBody.class)
        .hasMessage("The body has more than 100 parts");
  }

  @Test
  void text_aboveTheLimit_isRefused() throws IOException {
    var content = new Endless();
    Multipart body = reader(new SequenceInputStream(ascii(HEAD + "\r\n\r\n"), content));
    Part part = Bodies.next(body);
    assertThatThrownBy(() -> part.text(5000))
        .isInstanceOf(OversizedBody.class)
        .hasMessage("Field a is larger than 5000 bytes");
    assertThat(content.taken).isLessThan(5000 + 2 * 1200);
  }

  @Test
  void text_atTheLimit_isRead() throws IOException {
    Part part =
        Bodies.next(reader(ascii(HEAD + "\r\n\r\n" + "x".repeat(5000) + "\r\n--XbOuNdX--")));
    assertThat(part.text(5000)).isEqualTo("x".repeat(5000));
  }

  @Test
  void text_thatIsNotUtf8_isRefused() throws IOException {
    byte[] body = (HEAD + "\r\n\r\n\u00e9\r\n--XbOuNdX--").getBytes(StandardCharsets.ISO_8859_1);
    Part part = Bodies.next(Bodies.reader(body));
    assertThatThrownBy(() -> part.text(10))
        .isInstanceOf(MalformedBody.class)
        .hasMessage("Field a: not UTF-8");
  }

  @Test
  void buffer_smallerThanHeaders_isRefused() {
    var limits = new MultipartLimits(1, 1073);
    assertThatThrownBy(() -> new Multipart(ascii(""), Bodies.BOUNDARY, new byte[1200], limits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("buffer is too small: 1200 bytes");
  }

  @Test
  void limits_thatLetNothingThrough_areRefused() {
    assertThatThrownBy(() -> new MultipartLimits(0, 1)).hasMessage("parts must be at least 1: 0");
    assertThatThrownBy(() -> new MultipartLimits(1, 0))
        .hasMessage("headerBytes must be at least 1: 0");
  }
}
