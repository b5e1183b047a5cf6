package io.consigne.core.upkeep;

import io.consigne.core.failure.Failure;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all that is stored, to find what has rotted before somebody wants it. A pass that was
 * interrupted, by whatever, goes on where it was; there is one at a time, and the one in the
 * background gives way to one that is asked for.
 */
public final class Scrub {
  private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);

  private final UpkeepStores stores;
  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final DamageLog log;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean closed;

  Scrub(UpkeepStores stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
    this.log = new DamageLog(clock);
  }

  /**
   * Goes on with the pass that was begun, or begins one, and reads to its end.
   *
   * @param anew begin a pass in any case
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if somebody asked for one
   *     that still runs
   */
  public ScrubReport run(ReadRate rate, boolean anew, Watcher<Damage> watcher) {
    if (!asked.compareAndSet(false, true)) {
      throw new Failure.Conflict("A scrub that was asked for runs already").asException();
    }
    try {
      turn.lockInterruptibly();
      try {
        pass(anew, new ScrubPass.Guidance(rate, watcher), true);
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    } finally {
      asked.set(false);
    }
    return report();
  }

  /**
   * In the background: goes on with a pass that was begun, or begins one if the last was begun
   * {@code every} ago. Ends early when the host stops or somebody asks for a scrub.
   */
  public void round(Duration every, ReadRate rate) {
    Optional<ScrubState> state = state();
    if (!isDue(state, every) || closed || !turn.tryLock()) {
      return;
    }
    try {
      ScrubState after = pass(false, new ScrubPass.Guidance(rate, log), false);
      if (after.isComplete()) {
        LOG.info("All {} bytes that are stored were read again", after.bytes());
      }
    } finally {
      turn.unlock();
    }
  }

  /** One that a clock ahead began is due, or none would be until that time has come. */
  private boolean isDue(Optional<ScrubState> state, Duration every) {
    if (state.isEmpty() || !state.get().isComplete()) {
      return true;
    }
    Instant now = clock.instant();
    Instant began = state.get().began();
    return began.isAfter(now) || !began.plus(every).isAfter(now);
  }

  /** What is known of the stored bytes. */
  public ScrubReport report() {
    ScrubState state = state().orElse(ScrubState.begin(Instant.EPOCH, Instant.EPOCH));
    var damaged = new LongAdder();
    DamageList.forEach(stores.database(), damage -> damaged.increment());
    return new ScrubReport(
        state.began(),
        state.completed(),
        state.isComplete(),
        state.segments(),
        state.bytes(),
        KnownSegments.bytes(stores.database(), ""),
        damaged.sum(),
        state.unread());
  }

  /** As {@link #report}, and shows all damage that is known. */
  public ScrubReport status(Watcher<Damage> watcher) {
    DamageList.forEach(stores.database(), watcher::found);
    return report();
  }

  /** Makes the pass in the background end soon. */
  void close() {
    closed = true;
  }

  private Optional<ScrubState> state() {
    return stores.database().read(ScrubState::load);
  }

  private ScrubState pass(boolean anew, ScrubPass.Guidance guidance, boolean wanted) {
    Optional<ScrubState> before = state();
    Instant completed = before.map(ScrubState::completed).orElse(Instant.EPOCH);
    ScrubState begin =
        before
            .filter(state -> !anew && !state.isComplete())
            .orElseGet(() -> ScrubState.begin(clock.instant(), completed));
    return new ScrubPass(
            stores, clock, begin, guidance, () -> !closed && (wanted || !turn.hasQueuedThreads()))
        .run();
  }
}
