package io.consigne.core.uploads;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.LinkId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file in the report of an upload. */
public sealed interface UploadedFile {
  /** Its name; for a refused file as far as it can be shown. */
  String name();

  /** How many bytes came in. */
  long size();

  /**
   * A file that was kept.
   *
   * @param name its name
   * @param size in bytes
   * @param link its public id
   * @param domain the domain id of its link, 0 to 10
   * @param modified the client's modification time, else the upload's
   * @param sha256 of its bytes, 64 hex digits
   * @param whirlpool of its bytes, 128 hex digits; empty as long as it is not computed
   * @param removalCode for the removal link of a guest's file; empty for others
   */
  record Kept(
      String name,
      long size,
      LinkId link,
      int domain,
      Instant modified,
      String sha256,
      String whirlpool,
      String removalCode)
      implements UploadedFile {
    @Override
    public String toString() {
      return "Kept[name=%s, size=%d, link=%s]".formatted(name, size, link);
    }
  }

  /**
   * A file that was not kept.
   *
   * @param name what the client called it
   * @param size in bytes
   * @param reason a sentence that says why
   * @param failureOrNull the same as a kind; null in a report that is asked for later
   */
  record Refused(String name, long size, String reason, @Nullable Failure failureOrNull)
      implements UploadedFile {
    /** The kind of refusal, in the answer of the commit itself. */
    public Optional<Failure> failure() {
      return Optional.ofNullable(failureOrNull);
    }
  }
}
