package io.consigne.server.api.v1;

import io.consigne.core.db.DatabaseException;
import io.consigne.core.links.Downloads;
import java.time.Duration;

/** Looks now and then whether a download under way is still open. Used by one thread. */
final class OpenDownload {
  private final Downloads downloads;
  private final Downloads.Download download;
  private long next;

  OpenDownload(Downloads downloads, Downloads.Download download) {
    this.downloads = downloads;
    this.download = download;
    lookAgainAfter(WireLimits.DOWNLOAD_LOOK);
  }

  private void lookAgainAfter(Duration pause) {
    next = System.nanoTime() + pause.toNanos();
  }

  /**
   * False once it is found to be closed. A database that cannot be asked ends no download.
   *
   * @throws io.consigne.core.failure.FailureException {@code Rotten}
   */
  boolean isStill() {
    if (System.nanoTime() - next < 0) {
      return true;
    }
    try {
      lookAgainAfter(WireLimits.DOWNLOAD_LOOK);
      return downloads.isStillOpen(download);
    } catch (DatabaseException e) {
      lookAgainAfter(WireLimits.DOWNLOAD_LOOK_IN_VAIN);
      return true;
    }
  }
}
