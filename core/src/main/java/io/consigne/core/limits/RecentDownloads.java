package io.consigne.core.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.consigne.core.ids.FileId;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Which downloads were begun lately, so that only the first request of each is charged: players and
 * clients that resume ask for many ranges of a file.
 */
final class RecentDownloads {
  private static final int MOST = 50_000;
  private static final Duration LATELY = Duration.ofMinutes(30);

  private final Cache<Download, Boolean> begun;

  RecentDownloads(LongSupplier nanoTime) {
    begun =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(LATELY)
            .ticker(nanoTime::getAsLong)
            .build();
  }

  /** Lets in what was begun lately, and remembers what {@code charging} lets in. */
  Admission admit(Payer payer, FileId file, Supplier<Admission> charging) {
    var download = new Download(payer.subject(), file);
    if (begun.getIfPresent(download) != null) {
      return Admission.FREE;
    }
    Admission admission = charging.get();
    if (admission.refusalOrNull() == null) {
      begun.put(download, true);
    }
    return admission;
  }

  private record Download(Subject subject, FileId file) {}
}
