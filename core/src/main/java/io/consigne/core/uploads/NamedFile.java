package io.consigne.core.uploads;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.tree.FileName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a file before its bytes.
 *
 * @param shownName the name to show in the report
 * @param name the name to keep it under, or null if it is refused
 * @param modified the client's modification time, or null
 * @param refusal why it is refused, or null
 */
record NamedFile(
    String shownName,
    @Nullable FileName name,
    @Nullable Instant modified,
    @Nullable Failure refusal) {

  /** A file under the name that the client sent, refused if that is no name. */
  static NamedFile of(String rawName, @Nullable Instant modified) {
    try {
      return new NamedFile(rawName, FileName.parse(rawName), modified, null);
    } catch (FailureException e) {
      return new NamedFile(ReportText.of(rawName), null, modified, e.failure());
    }
  }

  /** This file, refused: its name is kept for the report. */
  NamedFile refused(Failure reason) {
    return new NamedFile(shownName, null, modified, reason);
  }
}
