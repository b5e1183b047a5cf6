package io.consigne.core.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The buckets of a node, in memory.
 *
 * <p>A bucket that was never asked for is full. One that nobody asked for during its quota's window
 * may be forgotten, since it is full again. Calls do not block on other callers, and two at once
 * never get the same unit.
 *
 * <p>There are never more than so many of addresses, and as many of keys and accounts: who comes
 * from many addresses pushes out other addresses, and nobody's key.
 */
public final class Buckets {
  /** How many buckets of addresses there are at most, and how many of keys and accounts. */
  static final int MOST = 50_000;

  private final TimeMeter time;
  private final Cache<Held, Bucket> networks;
  private final Cache<Held, Bucket> owners;

  /**
   * All buckets are full.
   *
   * @param nanoTime the time in nanoseconds, which never goes back
   */
  public Buckets(LongSupplier nanoTime) {
    time = new Meter(nanoTime);
    networks = cache(nanoTime);
    owners = cache(nanoTime);
  }

  private static Cache<Held, Bucket> cache(LongSupplier nanoTime) {
    return Caffeine.newBuilder()
        .maximumSize(MOST)
        .ticker(nanoTime::getAsLong)
        .expireAfter(Expiry.<Held, Bucket>accessing((held, bucket) -> held.quota().window()))
        .build();
  }

  /** Takes one unit out of a bucket, if there is one. */
  Level take(Id id, CallRate quota) {
    Bucket bucket = bucket(id, quota);
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    long left = probe.getRemainingTokens();
    // The library rounds down: at the end of that time the unit may be a nanosecond short.
    long next =
        left > 0
            ? 0
            : probe.isConsumed()
                ? 1 + bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill()
                : 1 + probe.getNanosToWaitForRefill();
    return new Level(
        probe.isConsumed(),
        left,
        Duration.ofNanos(next),
        Duration.ofNanos(probe.getNanosToWaitForReset()));
  }

  /** Puts back what {@link #take} took for a call that was not let in after all. */
  void giveBack(Id id, CallRate quota) {
    bucket(id, quota).addTokens(1);
  }

  private Bucket bucket(Id id, CallRate quota) {
    var cache = id.subject() instanceof Subject.Network ? networks : owners;
    return cache.get(new Held(id, quota), held -> full(held.quota()));
  }

  private Bucket full(CallRate quota) {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(quota.calls()).refillGreedy(quota.calls(), quota.window()))
        .withCustomTimePrecision(time)
        .build();
  }

  /** How many buckets there are, after those that are too many or full again have gone. */
  long count() {
    networks.cleanUp();
    owners.cleanUp();
    return networks.estimatedSize() + owners.estimatedSize();
  }

  /** Which bucket. */
  record Id(Subject subject, CallKind kind) {}

  /**
   * A bucket after it was asked.
   *
   * @param taken whether there was a unit
   * @param left units that are still there
   * @param next how long until there is another unit, if none is left; else zero
   * @param full how long until it is full
   */
  record Level(boolean taken, long left, Duration next, Duration full) {}

  /** A bucket is of one quota: with another plan begins another bucket. */
  private record Held(Id id, CallRate quota) {}

  private record Meter(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
