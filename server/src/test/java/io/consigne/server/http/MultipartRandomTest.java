package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents that look like boundaries come out as they went in, however the stream is cut. */
final class MultipartRandomTest {
  private static final String[] CRUMBS = {"\r", "\n", "\r\n", "-", "--", "\r\n--", "\r\n\r\n", "x"};

  private static String boundary(Random random) {
    var text = new StringBuilder();
    for (int left = 1 + random.nextInt(70); left > 0; left--) {
      text.append("-aB'".charAt(random.nextInt(4)));
    }
    return text.toString();
  }

  /** Content of line ends, dashes and pieces of the delimiter, but never a whole delimiter. */
  private static byte[] content(Random random, String delimiter) {
    var text = new StringBuilder();
    for (int left = random.nextInt(300); left > 0; left--) {
      text.append(
          switch (random.nextInt(3)) {
            case 0 -> CRUMBS[random.nextInt(CRUMBS.length)];
            case 1 -> delimiter.substring(0, random.nextInt(delimiter.length()));
            default -> delimiter.substring(random.nextInt(delimiter.length()));
          });
    }
    return ("_" + text).replace(delimiter, "\r\n+-").substring(1).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] body(List<byte[]> contents, String boundary) {
    var body = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      body.writeBytes(
          ascii("--" + boundary + "\r\nContent-Disposition: form-data; name=f\r\n\r\n"));
      body.writeBytes(content);
      body.writeBytes(ascii("\r\n"));
    }
    body.writeBytes(ascii("--" + boundary + "--"));
    return body.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  /** Whether no delimiter begins in the content, also not one that its neighbours complete. */
  private static boolean isClean(byte[] content, String delimiter) {
    String text = text(content);
    return !("\r\n" + text + "\r\n").contains(delimiter)
        && !(text + delimiter)
            .substring(0, text.length() + delimiter.length() - 1)
            .contains(delimiter);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void contents_ofCrumbs_areIdentical(int seed) throws IOException {
    var random = new Random(seed);
    for (int round = 0; round < 250; round++) {
      String boundary = boundary(random);
      var contents = new ArrayList<byte[]>();
      for (int parts = random.nextInt(6); parts > 0; parts--) {
        byte[] content = content(random, "\r\n--" + boundary);
        contents.add(isClean(content, "\r\n--" + boundary) ? content : new byte[0]);
      }
      var limits = new MultipartLimits(6, 50 + random.nextInt(30));
      var multipart =
          new Multipart(
              Bodies.trickle(body(contents, boundary), random),
              new Boundary(boundary),
              new byte[limits.headerBytes() + 128 + random.nextInt(200)],
              limits);
      assertThat(contents(multipart))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(contents.stream().map(MultipartRandomTest::text).toList());
    }
  }

  private static List<String> contents(Multipart multipart) throws IOException {
    var contents = new ArrayList<String>();
    for (Part part = multipart.nextPart(); part != null; part = multipart.nextPart()) {
      contents.add(text(Bodies.content(part)));
    }
    return contents;
  }
}
