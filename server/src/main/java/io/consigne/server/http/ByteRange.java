package io.consigne.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes of a content a {@code Range} header asks for (RFC 9110, section 14). */
public sealed interface ByteRange {
  /** The whole content, answered by 200: there is no header, or none that must be heeded. */
  record Whole() implements ByteRange {}

  /**
   * A piece that exists, answered by 206.
   *
   * @param from the first byte
   * @param toExclusive one behind the last byte, at most the content's length
   */
  record Part(long from, long toExclusive) implements ByteRange {
    /** Refuses what is no piece. */
    public Part {
      if (from < 0 || toExclusive <= from) {
        throw new IllegalArgumentException("not a piece: from " + from + " to " + toExclusive);
      }
    }

    /** The value of {@code Content-Range}. */
    public String contentRange(long lengthBytes) {
      return "bytes " + from + "-" + (toExclusive - 1) + "/" + lengthBytes;
    }
  }

  /** Nothing of the content, answered by 416. */
  record Unsatisfiable() implements ByteRange {
    /** The value of {@code Content-Range}. */
    public String contentRange(long lengthBytes) {
      return "bytes */" + lengthBytes;
    }
  }

  /** The unit and one range; digits beyond 18 are cut by {@link #number}. */
  Pattern SINGLE = Pattern.compile("(?i:bytes)=[ \\t]*(\\d*)-(\\d*)[ \\t]*");

  /**
   * Reads {@code bytes=a-b}, {@code bytes=a-} or {@code bytes=-n} for a content of this length. The
   * last byte may lie behind the content's end, as rclone sends it, and is cut.
   *
   * <p>The whole content is the answer, as the RFC allows, to another unit, to what breaks the
   * syntax, to several ranges at once, and to any range of an empty content (some clients send one
   * with each request).
   *
   * @param header null if there is none
   */
  static ByteRange parse(@Nullable String header, long lengthBytes) {
    Matcher range = SINGLE.matcher(header == null ? "" : header.strip());
    if (lengthBytes == 0 || !range.matches()) {
      return new Whole();
    }
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(number(last), lengthBytes);
    }
    long from = number(first);
    long to = last.isEmpty() ? lengthBytes - 1 : number(last);
    if (to < from && !last.isEmpty()) {
      return new Whole();
    }
    return from >= lengthBytes
        ? new Unsatisfiable()
        : new Part(from, Math.min(to, lengthBytes - 1) + 1);
  }

  private static ByteRange suffix(long sizeBytes, long lengthBytes) {
    return sizeBytes == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, lengthBytes - sizeBytes), lengthBytes);
  }

  /** The number, or the largest there is if it is larger than a content can be. */
  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}
