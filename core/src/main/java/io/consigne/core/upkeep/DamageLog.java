package io.consigne.core.upkeep;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of damage in the log, of each once a day: on a full disk no pass can note where it was, so
 * that the next one, a minute later, finds the same. Used by one thread at a time.
 */
final class DamageLog implements Watcher<Damage> {
  private static final Logger LOG = LoggerFactory.getLogger(DamageLog.class);

  private final InstantSource clock;

  /** When each was told, in this order. */
  private final Map<Told, Instant> told = new LinkedHashMap<>();

  DamageLog(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void progress(Progress progress) {}

  @Override
  public void found(Damage damage) {
    forget();
    if (told.putIfAbsent(Told.of(damage), clock.instant()) == null) {
      LOG.error(
          "Stored bytes {}: {}; content {}, files: {}",
          damage.unread() ? "could not be checked" : "are damaged",
          damage.what(),
          damage.contents(),
          damage.files());
    }
  }

  private void forget() {
    Instant old = clock.instant().minus(UpkeepLimits.DAMAGE_TOLD_AGAIN);
    Iterator<Instant> times = told.values().iterator();
    while (times.hasNext()) {
      boolean due = !times.next().isAfter(old);
      if (!due && told.size() < UpkeepLimits.DAMAGES_REMEMBERED) {
        return;
      }
      times.remove();
    }
  }

  private record Told(boolean unread, String storeFile, long offset) {
    static Told of(Damage damage) {
      return new Told(damage.unread(), damage.storeFile(), damage.offset());
    }
  }
}
