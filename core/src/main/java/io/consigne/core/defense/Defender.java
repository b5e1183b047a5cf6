package io.consigne.core.defense;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.consigne.core.ids.AddressBlock;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Slows those who guess. An address that was wrong too often waits, whatever it says next; a thing
 * that was guessed at too often, from wherever, is open to one try after each pause, and to those
 * who were right about it from their address before. A known key never asks here.
 */
public final class Defender {
  private final DefenderLimits limits;
  private final InstantSource clock;
  private final Cache<String, AddressScore> addresses;
  private final Cache<String, TargetScore> targets;
  private final Cache<String, Instant> right;

  /** Keeps to {@code limits}. */
  public Defender(DefenderLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.addresses = Caffeine.newBuilder().maximumSize(limits.remembered()).build();
    this.targets = Caffeine.newBuilder().maximumSize(limits.remembered()).build();
    this.right = Caffeine.newBuilder().maximumSize(limits.remembered()).build();
  }

  /**
   * Lets somebody try a password; the try has to be closed.
   *
   * @param target what it shall open; short
   * @throws io.consigne.core.failure.FailureException {@code Locked}
   */
  public Try begin(InetAddress address, String target) {
    if (!limits.on()) {
      return Try.FREE;
    }
    Instant now = clock.instant();
    String pair = AddressBlock.of(address) + " " + target;
    boolean known = isKnown(pair, now);
    AddressScore from = score(address);
    from.begin(now, known);
    boolean begun = false;
    try {
      TargetScore at = targets.get(target, _ -> new TargetScore(limits));
      if (!known) {
        at.begin(now);
      }
      begun = true;
      return new Counted(from, at, pair);
    } finally {
      if (!begun) {
        from.end();
      }
    }
  }

  private boolean isKnown(String pair, Instant now) {
    Instant since = right.getIfPresent(pair);
    return since != null && now.isBefore(since.plus(limits.target().knownFor()));
  }

  private AddressScore score(InetAddress address) {
    return addresses.get(AddressBlock.of(address), _ -> new AddressScore(limits));
  }

  /**
   * Counts a key that nobody has.
   *
   * @throws io.consigne.core.failure.FailureException {@code Locked}
   */
  public void unknownKey(InetAddress address) {
    if (limits.on()) {
      AddressScore score = score(address);
      score.check(clock.instant());
      score.wrong(clock.instant(), limits.points().key());
    }
  }

  /** A try whose end is counted; closed without a word about its end it counts nothing. */
  public interface Try extends AutoCloseable {
    /** Counts nothing. */
    Try FREE = rightOrWrong -> {};

    /** Counts the end. */
    void ended(boolean right);

    @Override
    default void close() {}
  }

  private final class Counted implements Try {
    private final AddressScore from;
    private final TargetScore at;
    private final String pair;

    Counted(AddressScore from, TargetScore at, String pair) {
      this.from = from;
      this.at = at;
      this.pair = pair;
    }

    @Override
    public void ended(boolean isRight) {
      if (isRight) {
        right.put(pair, clock.instant());
      } else {
        from.wrong(clock.instant(), limits.points().password());
        at.wrong(clock.instant());
      }
    }

    @Override
    public void close() {
      from.end();
    }
  }
}
