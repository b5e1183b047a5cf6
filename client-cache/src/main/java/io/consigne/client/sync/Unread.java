package io.consigne.client.sync;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What of a local folder could not be read, or has a name that no path of a host can have.
 *
 * @param shown its path below the folder, as people are shown it
 * @param why it was not
 * @param file that it is, if that much is known
 */
record Unread(String shown, IOException why, @Nullable LocalFile file) {
  /** Whether a filter leaves it and all below, so that nobody needs to know of it. */
  boolean isLeft(String path, Filter filter) {
    return file == null
        ? filter.leavesAllBelow(path)
        : !filter.takes(path, file.sizeBytes(), file.modified());
  }
}
