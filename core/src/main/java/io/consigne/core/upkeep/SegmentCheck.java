package io.consigne.core.upkeep;

import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Database;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks whether each segment is in the store where the database says, without reading it all. */
final class SegmentCheck {
  private final UpkeepStores stores;
  private final Faults faults;

  SegmentCheck(UpkeepStores stores, Faults faults) {
    this.stores = stores;
    this.faults = faults;
  }

  void run() {
    Database database = stores.database();
    long total =
        database.<Long>read(
            sql -> sql.number("SELECT COUNT(DISTINCT store_file) FROM content_segments"));
    long done = 0;
    var known = new KnownSegments(database, "");
    for (List<Segment> file = known.next(); !file.isEmpty(); file = known.next()) {
      faults.progress(Progress.rows("Looking for segments", done++, total));
      for (int i = 0; i < file.size(); i++) {
        check(file.get(i));
        if (i > 0 && file.get(i - 1).recordEnd() > file.get(i).offset()) {
          add(Fault.Kind.OVERLAP, file.get(i), "it begins before the one ahead of it has ended");
        }
      }
    }
  }

  private void check(Segment segment) {
    try {
      stores.blobs().open(segment, 0, 0).close();
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.Rotten(String where)) {
        add(Fault.Kind.BYTES, segment, where);
      } else {
        add(Fault.Kind.UNCHECKED, segment, e.failure().message());
      }
    } catch (UncheckedIOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      add(Fault.Kind.UNCHECKED, segment, String.valueOf(e.getCause()));
    }
  }

  /** Adds a fault, unless no content is made of the segment any more. */
  private void add(Fault.Kind kind, Segment segment, String why) {
    Optional<Damage> damage =
        stores.database().read(sql -> DamageList.describe(sql, segment, why, Instant.EPOCH));
    if (damage.isPresent()) {
      String what =
          "%d bytes at %d of store file %s, content %s: %s"
              .formatted(
                  segment.length(),
                  segment.offset(),
                  segment.storeFile(),
                  damage.get().contents(),
                  why);
      faults.add(new Fault(kind, what, false, damage.get().files()));
    }
  }
}
