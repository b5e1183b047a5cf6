package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;

/** Stores in which little has to happen before something happens. */
public final class TestStores {
  private TestStores() {}

  /** A store on a file system that may lose its power, whose packs are full soon. */
  public static Blobs smallPacks(Path directory, int seed, UnsyncedDisk disk) {
    return new DiskBlobs(directory, new Random(seed), disk, new PackLimits(4000, 3000));
  }

  /** A store on the file system, whose packs are full soon. */
  public static Blobs smallPacks(Path directory) {
    return new DiskBlobs(directory, new Random(1), Disk.REAL, new PackLimits(20_000, 10_000));
  }

  /** Compaction that finds everything worth it, and moves little at a time. */
  public static Compaction eagerCompaction(Database database, Blobs blobs, InstantSource clock) {
    return new Compaction(database, blobs, clock, new CompactionLimits(1, 1 << 20, 64, 5000, 3));
  }

  /** Compaction that finds everything worth it, and moves one content of 1000 bytes in a round. */
  public static Compaction slowCompaction(Database database, Blobs blobs, InstantSource clock) {
    return new Compaction(database, blobs, clock, new CompactionLimits(1, 1000, 64, 5000, 1));
  }

  /** Compaction that finds everything worth it, and moves three such contents in a round. */
  public static Compaction triples(Database database, Blobs blobs, InstantSource clock) {
    return new Compaction(database, blobs, clock, new CompactionLimits(1, 3000, 64, 5000, 3));
  }
}
