package io.consigne.core.uploads;

import io.consigne.core.blobs.Fingerprint;
import io.consigne.core.failure.Failure;
import io.consigne.core.tree.FileName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file of an upload after its last byte. */
sealed interface Received {
  /** The name that the client gave it. */
  String shownName();

  /** How many bytes came in. */
  long size();

  /**
   * A file that can be kept.
   *
   * @param name its name
   * @param size in bytes
   * @param modified the client's modification time, or null
   * @param stored its bytes
   */
  record Whole(FileName name, long size, @Nullable Instant modified, Stored stored)
      implements Received {
    @Override
    public String shownName() {
      return name.value();
    }

    /** What its content is known by, after waiting for its hash. */
    Fingerprint fingerprint() {
      return new Fingerprint(stored.sha256().join(), size);
    }
  }

  /** What the contents of these files are known by. */
  static Set<Fingerprint> fingerprints(List<Whole> files) {
    return files.stream().map(Whole::fingerprint).collect(Collectors.toSet());
  }

  /**
   * A file for which there was no room while it came in; its bytes are gone.
   *
   * @param lack what was missing then, for the bytes that had come
   */
  record Crowded(FileName name, long size, Failure lack) implements Received {
    @Override
    public String shownName() {
      return name.value();
    }

    /** Why it is not kept, also if there is room by now. */
    Failure reason() {
      return lack instanceof Failure.QuotaExceeded full
          ? new Failure.QuotaExceeded(size, full.availableBytes(), full.told())
          : lack;
    }
  }

  /** A file that was refused while it came in; its bytes are gone. */
  record Refused(String shownName, long size, Failure reason) implements Received {}
}
