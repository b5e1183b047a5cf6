package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same parts come out of a body however its stream is cut and however large the buffer is, and
 * they are those that a slow and simple reader finds.
 *
 * <p>An input is an octet that chooses the boundary, one that chooses how the stream is cut, and
 * the body.
 */
final class MultipartFuzzTest extends FuzzTarget {
  private static final List<String> BOUNDARIES = List.of("b", "-", "--b", "aab", "b=?: '()+_,./b");
  private static final MultipartLimits LIMITS = new MultipartLimits(5, 200);

  @FuzzTest
  void fuzz(byte[] input) throws IOException {
    check(input);
  }

  @Override
  protected void check(byte[] input) throws IOException {
    if (input.length < 2) {
      return;
    }
    var boundary = new Boundary(BOUNDARIES.get((input[0] & 0xff) % BOUNDARIES.size()));
    int step = 1 + (input[1] & 0x7f);
    byte[] body = Arrays.copyOfRange(input, 2, input.length);
    SeenParts whole = read(new ByteArrayInputStream(body), boundary, 4096);
    assertThat(read(new CutStream(body, step), boundary, LIMITS.headerBytes() + 128))
        .as("the body in other pieces")
        .isEqualTo(whole);
    assertThat(SlowMultipart.read(body, boundary, LIMITS))
        .as("the body as a slow reader has it")
        .isEqualTo(whole);
  }

  private static SeenParts read(InputStream in, Boundary boundary, int bufferBytes)
      throws IOException {
    var multipart = new Multipart(in, boundary, new byte[bufferBytes], LIMITS);
    var parts = new ArrayList<SeenParts.Seen>();
    try {
      for (Part part = multipart.nextPart(); part != null; part = multipart.nextPart()) {
        var headers = new PartHeaders(part.name(), part.fileName().orElse(null));
        parts.add(new SeenParts.Seen(headers, SeenParts.text(content(part))));
      }
      return new SeenParts(parts, "complete");
    } catch (MalformedBody e) {
      return new SeenParts(parts, e.getClass().getSimpleName());
    }
  }

  private static byte[] content(Part part) throws IOException {
    var content = new ByteArrayOutputStream();
    for (ByteBuffer piece = part.next(); piece != null; piece = part.next()) {
      assertThat(piece.hasRemaining()).as("a piece is never empty").isTrue();
      var bytes = new byte[piece.remaining()];
      piece.get(bytes);
      content.writeBytes(bytes);
    }
    return content.toByteArray();
  }

  /** Hands out at most so many bytes at once. */
  private static final class CutStream extends ByteArrayInputStream {
    private final int step;

    CutStream(byte[] bytes, int step) {
      super(bytes);
      this.step = step;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, step));
    }
  }
}
