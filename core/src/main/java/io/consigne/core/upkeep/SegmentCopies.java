package io.consigne.core.upkeep;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoreCopy;
import io.consigne.core.db.Database;
import java.time.Instant;
import java.util.List;

/** Copies the store files of all segments that a database knows, except those that are there. */
final class SegmentCopies {
  private final Database database;
  private final Blobs from;
  private final StoreCopy to;
  private final Watcher<Damage> watcher;
  private final String what;
  private final long totalBytes;
  private long storeFiles;
  private long copiedFiles;
  private long segments;
  private long bytes;
  private long copiedBytes;
  private long lost;

  /**
   * Copies nothing before {@link #run}.
   *
   * @param what is done, for the progress
   */
  SegmentCopies(Database database, Blobs from, StoreCopy to, String what, Watcher<Damage> watcher) {
    this.database = database;
    this.from = from;
    this.to = to;
    this.watcher = watcher;
    this.what = what;
    this.totalBytes = KnownSegments.bytes(database, "");
  }

  /** Copies them; what is damaged is shown to the watcher and left out. */
  SegmentCopies run() {
    var known = new KnownSegments(database, "");
    for (List<Segment> file = known.next(); !file.isEmpty(); file = known.next()) {
      storeFiles++;
      segments += file.size();
      long size = file.stream().mapToLong(Segment::length).sum();
      if (!to.has(file)) {
        copy(file);
      }
      bytes += size;
      watcher.progress(Progress.bytes(what, bytes, totalBytes));
    }
    to.sync();
    return this;
  }

  /** What came of it. */
  BackupReport report(long removedFiles) {
    return new BackupReport(
        storeFiles, copiedFiles, segments, bytes, copiedBytes, removedFiles, lost);
  }

  /** What came of it, for a manifest. */
  Manifest.Blobs blobs() {
    return new Manifest.Blobs(storeFiles, segments, bytes, lost);
  }

  private void copy(List<Segment> file) {
    var done = new long[1];
    List<StoreCopy.Lost> failed =
        to.copy(
            file,
            from,
            count -> {
              done[0] += count;
              watcher.progress(
                  Progress.bytes(what, Math.min(bytes + done[0], totalBytes), totalBytes));
            });
    copiedFiles += failed.size() < file.size() ? 1 : 0;
    copiedBytes += done[0];
    failed.forEach(this::lost);
  }

  /** Live databases may have learned meanwhile that nobody needs it. */
  private void lost(StoreCopy.Lost segment) {
    database
        .read(sql -> DamageList.describe(sql, segment.segment(), segment.why(), Instant.EPOCH))
        .ifPresent(damage -> {
          lost++;
          watcher.found(damage);
        });
  }
}
