package io.consigne.core.upkeep;

import io.consigne.core.jobs.Background;
import java.time.Duration;
import java.time.InstantSource;

/** The care of one host: what its operator asks for, and what goes on in the background. */
public final class Upkeep implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Scrub scrub;
  private final Fsck fsck;
  private final Backup backup;
  private final Background background = new Background();

  /** Takes care of {@code stores}. */
  public Upkeep(UpkeepStores stores, InstantSource clock) {
    this.scrub = new Scrub(stores, clock);
    this.fsck = new Fsck(stores, clock);
    this.backup = new Backup(stores, clock);
  }

  /** Reads all that is stored, each time that so much time has passed since it last began to. */
  public void scrubEvery(Duration every, long bytesPerSecond) {
    var rate = ReadRate.of(bytesPerSecond);
    Duration pause = every.compareTo(PAUSE) < 0 ? every : PAUSE;
    background.everyLater(pause, "scrub", () -> scrub.round(every, rate));
  }

  /** Reads all that is stored. */
  public Scrub scrub() {
    return scrub;
  }

  /** Compares database and store. */
  public Fsck fsck() {
    return fsck;
  }

  /** Copies everything. */
  public Backup backup() {
    return backup;
  }

  /** Ends what runs in the background. */
  @Override
  public void close() {
    scrub.close();
    background.close();
  }
}
