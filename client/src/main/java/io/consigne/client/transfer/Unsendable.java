package io.consigne.client.transfer;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What no host takes: one such file would have all of its request refused. */
final class Unsendable {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

  private Unsendable() {}

  /** Why a file is not sent; empty if it may be. */
  static Optional<Refusal> refusal(UploadSource source) {
    if (source.name().chars().anyMatch(Unsendable::isControl)) {
      return refusal("no host takes a name with a control character: " + shown(source.name()));
    }
    Instant modified = source.modified();
    if (isOutOfRange(modified)) {
      return refusal(
          "its modification time is not in the years 1 to 9999: %s, %s"
              .formatted(source.name(), modified));
    }
    return Optional.empty();
  }

  private static boolean isOutOfRange(@Nullable Instant time) {
    return time != null && (time.isBefore(FIRST) || time.isAfter(LAST));
  }

  private static boolean isControl(int c) {
    return c < ' ' || c == 0x7f;
  }

  private static String shown(String name) {
    var shown = new StringBuilder();
    name.chars()
        .forEach(
            c -> shown.append(isControl(c) ? "\\x%02x".formatted(c) : String.valueOf((char) c)));
    return shown.toString();
  }

  private static Optional<Refusal> refusal(String sentence) {
    return Optional.of(new Refusal.Invalid(new Said(0, sentence)));
  }
}
