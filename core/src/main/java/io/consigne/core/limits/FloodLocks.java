package io.consigne.core.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Locks out who was too fast, longer each time, and longer for each call during the lock:
 * 1fichier's way. Who keeps still for a while begins anew.
 */
final class FloodLocks {
  private static final int MOST = 50_000;

  private final FloodLimits limits;
  private final LongSupplier nanoTime;
  private final Cache<Buckets.Id, Lock> locks;

  FloodLocks(FloodLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.locks =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .ticker(nanoTime::getAsLong)
            .expireAfterWrite(limits.longest().plus(limits.forgotten()))
            .build();
  }

  /**
   * How long somebody is still locked out of such calls; a call during the lock makes it longer.
   */
  Optional<Duration> ask(Buckets.Id what) {
    long now = nanoTime.getAsLong();
    Lock lock =
        locks
            .asMap()
            .computeIfPresent(what, (same, held) -> held.left(now) > 0 ? next(held, now) : held);
    return lock == null || lock.left(now) <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(lock.left(now)));
  }

  /** Locks somebody out and returns for how long. */
  Duration lock(Buckets.Id what) {
    long now = nanoTime.getAsLong();
    Lock lock = locks.asMap().compute(what, (same, held) -> next(held, now));
    return Duration.ofNanos(lock.left(now));
  }

  private Lock next(@Nullable Lock held, long now) {
    if (held == null || now - held.at > limits.forgotten().plus(held.length).toNanos()) {
      return new Lock(1, now, limits.lock(1));
    }
    if (now - held.at < limits.patience().toNanos()) {
      return held;
    }
    int number = held.number + 1;
    return new Lock(number, now, limits.lock(number));
  }

  /** The lock of that number, which begins at a time and has a length. */
  private record Lock(int number, long at, Duration length) {
    long left(long now) {
      return at + length.toNanos() - now;
    }
  }
}
