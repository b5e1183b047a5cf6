package io.consigne.core.uploads;

import io.consigne.core.ids.RandomText;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The id of one upload. Clients get one before they send, and ask for the report with it; rclone
 * refuses one that is longer than 10 characters.
 *
 * @param value 1 to 10 letters and digits; new ones have 10
 */
public record UploadId(String value) {
  private static final int LENGTH = 10;
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9]{1,10}");

  /** Refuses what does not have the shape of an upload id. */
  public UploadId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("upload id must be 1 to 10 letters and digits: " + value);
    }
  }

  /** Parses an id from outside; empty if the text does not have the shape of one. */
  public static Optional<UploadId> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(new UploadId(text)) : Optional.empty();
  }

  static UploadId draw(RandomGenerator random) {
    return new UploadId(RandomText.draw(random, RandomText.BASE62, LENGTH));
  }

  @Override
  public String toString() {
    return value;
  }
}
