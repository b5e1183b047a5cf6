package io.consigne.client.wire;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file within an upload.
 *
 * @param name on the wire, without control characters, which would end its line
 * @param sizeBytes exactly
 * @param modified its modification time, or null: do not send it
 * @param content its bytes
 * @param progress told of each piece's length as it goes out
 */
public record UploadPart(
    String name,
    long sizeBytes,
    @Nullable Instant modified,
    Content content,
    LongConsumer progress) {
  /** Refuses a name that would write heads of its own. */
  public UploadPart {
    if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("a control character in a name");
    }
  }

  /** Where bytes come from. */
  @FunctionalInterface
  public interface Content {
    /** The bytes from the beginning. */
    InputStream open() throws IOException;
  }
}
