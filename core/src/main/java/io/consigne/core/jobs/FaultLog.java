package io.consigne.core.jobs;

import io.consigne.core.db.DatabaseAway;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.DatabaseStopped;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Tells of work that failed and is tried again. A full disk fails all work, again and again: that
 * is told once an hour, in a line. That the database has stopped, or cannot be reached, it has told
 * by itself.
 */
public final class FaultLog {
  private static final Duration AGAIN = Duration.ofHours(1);

  private final Logger log;
  private final Seldom seldom;

  /** Tells {@code log}. */
  public FaultLog(Logger log) {
    this(log, System::nanoTime);
  }

  FaultLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.seldom = new Seldom(nanoTime, AGAIN);
  }

  /** Tells what happened, in a sentence, and why. */
  public void tell(String what, Throwable fault) {
    switch (fault) {
      case DatabaseFull _ when seldom.mayTell() -> log.warn("{}: the disk is full", what);
      case DatabaseFull _ -> log.debug("{}: the disk is full", what);
      case DatabaseAway _ -> log.debug("{}: the database cannot be reached", what);
      case DatabaseStopped _ -> log.debug("{}: the database has stopped", what);
      default -> log.error("{}", what, fault);
    }
  }
}
