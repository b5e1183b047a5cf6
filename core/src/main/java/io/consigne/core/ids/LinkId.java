package io.consigne.core.ids;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public id of a file, as in {@code https://host/?<id>}.
 *
 * @param value 5 to 20 letters and digits; new ones are 20 of {@code [a-z0-9]}
 */
public record LinkId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9]{5,20}");

  /** Refuses what does not have the shape of a link id. */
  public LinkId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("link id must be 5 to 20 letters and digits: " + value);
    }
  }

  /** Parses an id from outside; empty if the text does not have the shape of one. */
  public static Optional<LinkId> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(new LinkId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
