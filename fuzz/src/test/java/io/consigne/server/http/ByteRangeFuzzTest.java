package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.fuzz.FuzzTarget;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range never leaves the content, is exactly what was asked for, cut at the content's end, and is
 * promised by a {@code Content-Range} that says so.
 *
 * <p>An input is the content's length in eight octets, and the header.
 */
final class ByteRangeFuzzTest extends FuzzTarget {
  private static final Pattern ASKED = Pattern.compile("(?i)bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*");

  @FuzzTest
  void fuzz(byte[] input) {
    check(input);
  }

  @Override
  protected void check(byte[] input) {
    if (input.length < Long.BYTES) {
      return;
    }
    long length = ByteBuffer.wrap(input).getLong() >>> 8;
    byte[] rest = Arrays.copyOfRange(input, Long.BYTES, input.length);
    String header = new String(rest, StandardCharsets.ISO_8859_1);
    assertThat(asked(header, length)).isEqualTo(answered(header, length));
  }

  /** The answer as text, after a look whether it is within the content. */
  private static String answered(String header, long length) {
    return switch (ByteRange.parse(header, length)) {
      case ByteRange.Whole _ -> "whole";
      case ByteRange.Unsatisfiable nothing -> nothing.contentRange(length);
      case ByteRange.Part part -> {
        assertThat(part.from()).isBetween(0L, length - 1);
        assertThat(part.toExclusive()).isBetween(part.from() + 1, length);
        yield part.contentRange(length);
      }
    };
  }

  /** What should be answered, by the RFC and numbers of any size. */
  private static String asked(String header, long lengthBytes) {
    Matcher asked = ASKED.matcher(header.strip());
    if (lengthBytes == 0 || !asked.matches() || (asked.group(1) + asked.group(2)).isEmpty()) {
      return "whole";
    }
    BigInteger length = BigInteger.valueOf(lengthBytes);
    BigInteger end = length.subtract(BigInteger.ONE);
    boolean suffix = asked.group(1).isEmpty();
    BigInteger from;
    BigInteger to = end;
    if (suffix) {
      from = suffix(asked, length);
    } else {
      from = number(asked.group(1));
      to = asked.group(2).isEmpty() ? end : number(asked.group(2));
    }
    if (to.compareTo(from) < 0 && !asked.group(2).isEmpty() && !suffix) {
      return "whole";
    }
    return from.compareTo(length) >= 0
        ? "bytes */" + length
        : "bytes " + from + "-" + to.min(end) + "/" + length;
  }

  /** What is larger than any content, in 19 digits or more, is one number. */
  private static BigInteger number(String digits) {
    return new BigInteger(digits).min(BigInteger.TEN.pow(18));
  }

  private static BigInteger suffix(Matcher asked, BigInteger length) {
    return length.subtract(number(asked.group(2))).max(BigInteger.ZERO);
  }
}
