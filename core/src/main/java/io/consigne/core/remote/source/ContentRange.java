package io.consigne.core.remote.source;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes a partial answer holds (RFC 9110, section 14.4).
 *
 * @param first offset of the first one
 * @param last offset of the last one
 * @param length of the whole file, if it is known
 */
record ContentRange(long first, long last, OptionalLong length) {
  private static final Pattern SHAPE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/(?:([0-9]{1,18})|[*])");

  /** Reads the header; empty if it makes no sense. */
  static Optional<ContentRange> parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    OptionalLong length =
        shape.group(3) == null
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(shape.group(3)));
    var range =
        new ContentRange(Long.parseLong(shape.group(1)), Long.parseLong(shape.group(2)), length);
    return range.isSound() ? Optional.of(range) : Optional.empty();
  }

  /**
   * Whether it goes on where a part ends, in a file of a known length, and of the same as before.
   */
  boolean isRestOf(SourceRequest.Part part) {
    OptionalLong before = part.length();
    boolean known = length.isPresent() || before.isPresent();
    boolean same = length.isEmpty() || before.isEmpty() || length.equals(before);
    return first == part.bytes() && known && same;
  }

  private boolean isSound() {
    return first <= last && last < length.orElse(Long.MAX_VALUE);
  }
}
