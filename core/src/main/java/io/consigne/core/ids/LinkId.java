package io.consigne.core.ids;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The public id of a file, as in {@code https://host/?<id>}.
 *
 * @param value 5 to 20 letters and digits; new ones are 20 of {@code [a-z0-9]}, see {@link #draw}
 */
public record LinkId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9]{5,20}");
  private static final int SECOND_LENGTH = 6;
  private static final int RANDOM_LENGTH = 14;
  private static final int RADIX = 36;
  private static final long SECONDS = (long) Math.pow(RADIX, SECOND_LENGTH);

  /** Refuses what does not have the shape of a link id. */
  public LinkId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("link id must be 5 to 20 letters and digits: " + value);
    }
  }

  /**
   * A new one: six characters of the second, then 14 that nobody can guess (72 bits). Those of one
   * time are neighbours in the index, so that a commit of many files writes a few pages of it
   * instead of one for each file.
   */
  public static LinkId draw(RandomGenerator random, Instant now) {
    String second = Long.toString(SECONDS + now.getEpochSecond() % SECONDS, RADIX).substring(1);
    return new LinkId(second + RandomText.draw(random, RandomText.LOWER, RANDOM_LENGTH));
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
