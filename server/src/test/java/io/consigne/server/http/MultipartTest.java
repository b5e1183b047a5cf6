package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.server.http.Bodies.Seen;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a body is cut into parts. */
final class MultipartTest {
  private static final String FIELD = "Content-Disposition: form-data; name=\"did\"\n\n";

  private static Seen field(String name, String text) {
    return new Seen(name, Optional.empty(), text);
  }

  @Test
  void body_ofFieldAndFile_givesBothInOrder() throws IOException {
    String body =
        """
        --XbOuNdX
        Content-Disposition: form-data; name="did"

        12
        --XbOuNdX
        Content-Disposition: form-data; name="file[]"; filename="hello.txt"
        Content-Type: text/plain

        hello world

        --XbOuNdX--
        """;
    assertThat(Bodies.read(body))
        .containsExactly(
            field("did", "12"), new Seen("file[]", Optional.of("hello.txt"), "hello world\r\n"));
  }

  @Test
  void body_withoutParts_isComplete() throws IOException {
    assertThat(Bodies.read("--XbOuNdX--")).isEmpty();
  }

  @Test
  void closingBoundary_withoutLineEnd_isAccepted() throws IOException {
    assertThat(Bodies.read("--XbOuNdX\n" + FIELD + "7\n--XbOuNdX--"))
        .containsExactly(field("did", "7"));
  }

  @Test
  void preambleAndEpilogue_areIgnored() throws IOException {
    String body = "Some\n--text\n\n--XbOuNdX\n" + FIELD + "7\n--XbOuNdX--\nmore\n--XbOuNdX\n";
    assertThat(Bodies.read(body)).containsExactly(field("did", "7"));
  }

  @Test
  void boundary_withSpaceBehindIt_isAccepted() throws IOException {
    assertThat(
            Bodies.read("--XbOuNdX \t\n" + FIELD + "7\n--XbOuNdX  \n" + FIELD + "8\n--XbOuNdX--"))
        .containsExactly(field("did", "7"), field("did", "8"));
  }

  @Test
  void boundary_withTextAndSpaceBehindIt_isRefused() {
    assertThatThrownBy(() -> Bodies.read("--XbOuNdX more\n" + FIELD + "7\n--XbOuNdX--"))
        .isInstanceOf(MalformedBody.class)
        .hasMessage("A boundary's line goes on behind the boundary:  more");
  }

  @Test
  void longerBoundary_isContent() throws IOException {
    assertThat(Bodies.read("--XbOuNdX\n" + FIELD + "7\n--XbOuNdXX\n--XbOuNdX-\n--XbOuNdX--"))
        .containsExactly(field("did", "7\r\n--XbOuNdXX\r\n--XbOuNdX-"));
  }

  @Test
  void boundary_withinLine_isContent() throws IOException {
    assertThat(Bodies.read("--XbOuNdX\n" + FIELD + "7--XbOuNdX\n --XbOuNdX\n--XbOuNdX--"))
        .containsExactly(field("did", "7--XbOuNdX\r\n --XbOuNdX"));
  }

  @Test
  void emptyContent_isAnEmptyPart() throws IOException {
    assertThat(Bodies.read("--XbOuNdX\n" + FIELD + "\n--XbOuNdX\n" + FIELD + "\n--XbOuNdX--"))
        .containsExactly(field("did", ""), field("did", ""));
  }

  @Test
  void boundary_rightBehindHeaders_isAnEmptyPart() throws IOException {
    assertThat(Bodies.read("--XbOuNdX\n" + FIELD + "--XbOuNdX\n" + FIELD + "--XbOuNdX--"))
        .containsExactly(field("did", ""), field("did", ""));
  }

  @Test
  void content_ofLineEnds_isKept() throws IOException {
    assertThat(Bodies.read("--XbOuNdX\n" + FIELD + "\n\n\n--XbOuNdX--"))
        .containsExactly(field("did", "\r\n\r\n"));
  }

  @Test
  void boundary_repeatedAtOnce_isRefused() {
    assertThatThrownBy(() -> Bodies.read("--XbOuNdX\n--XbOuNdX\n" + FIELD + "7\n--XbOuNdX--"))
        .isInstanceOf(MalformedBody.class)
        .hasMessage("Not a header of a part: --XbOuNdX");
  }

  @Test
  void part_leftUnread_isPassed() throws IOException {
    Multipart body =
        Bodies.reader("--XbOuNdX\n" + FIELD + "7\n--XbOuNdX\n" + FIELD + "8\n--XbOuNdX--");
    assertThat(body.nextPart()).isNotNull();
    assertThat(Bodies.readAll(body)).containsExactly(field("did", "8"));
  }

  @Test
  void part_thatIsPast_isRefused() throws IOException {
    Multipart body =
        Bodies.reader("--XbOuNdX\n" + FIELD + "7\n--XbOuNdX\n" + FIELD + "8\n--XbOuNdX--");
    Part first = Bodies.next(body);
    body.nextPart();
    assertThatThrownBy(first::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the body has moved on from part did");
  }

  @Test
  void end_ofPartAndBody_isStable() throws IOException {
    Multipart body = Bodies.reader("--XbOuNdX\n" + FIELD + "7\n--XbOuNdX--\n");
    Part part = Bodies.next(body);
    assertThat(Bodies.content(part)).hasSize(1);
    assertThat(part.next()).isNull();
    assertThat(body.nextPart()).isNull();
    assertThat(body.nextPart()).isNull();
  }
}
