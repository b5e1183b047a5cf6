package io.consigne.core.remote;

import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.Seal;
import io.consigne.core.jobs.BackOff;
import io.consigne.core.jobs.FaultLog;
import io.consigne.core.jobs.Rounds;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs fetches of the queue: one thread finds what is due, each fetch has one of its own. */
final class Fetchers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fetchers.class);

  private final FaultLog faults = new FaultLog(LOG);
  private final FetchStores stores;
  private final FetchQueue queue;
  private final Schedule schedule;
  private final Map<Long, Running> running = new ConcurrentHashMap<>();
  private final Rounds rounds;
  private final FetchTry.Shared shared;
  private long lastBeat;
  private boolean tookOver;

  /** Whether what is due has to wait until something else ends. */
  private boolean full;

  Fetchers(FetchStores stores, FetchQueue queue, Seal seal, Schedule schedule) {
    this.stores = stores;
    this.queue = queue;
    this.schedule = schedule;
    int atOnce =
        schedule.limits().turn().perProcessor() * Runtime.getRuntime().availableProcessors();
    var turns = new Turns(schedule.limits().turn(), schedule.nanoTime(), atOnce);
    var bounds = new FetchRun.Bounds(schedule.limits().receiving(), turns);
    this.shared = new FetchTry.Shared(stores, queue, seal, schedule, bounds);
    this.lastBeat = schedule.nanoTime().getAsLong();
    var failing =
        new Rounds.Faults(
            e -> faults.tell("The queue of fetches could not be read or written", e),
            schedule.limits().beats().every());
    this.rounds = new Rounds("fetches", this::round, failing);
  }

  /**
   * Queues again what an earlier run was at, and gives back what that had reserved. On a full disk
   * that has time until the first round.
   */
  void takeOver() {
    try {
      takeOverOnce();
    } catch (DatabaseFull e) {
      faults.tell("Fetches that were cut off cannot be queued again yet", e);
    }
  }

  /** Begins. */
  void start() {
    rounds.start();
  }

  /** Before it has succeeded, nothing is claimed. */
  private void takeOverOnce() {
    if (tookOver) {
      return;
    }
    int lost = queue.takeOver(this::pauseAfterCutOff);
    tookOver = true;
    if (lost > 0) {
      LOG.info("{} fetches were cut off, and are queued again", lost);
    }
  }

  /**
   * Of many that a dying host cut off at most one is to blame: it comes again at once, but what is
   * cut off each time does not end each new run at once.
   */
  private Duration pauseAfterCutOff(long attempts) {
    return attempts <= schedule.limits().retries().cutOffs()
        ? Duration.ZERO
        : schedule.backOff().after(attempts);
  }

  /** Says that there is something new to do. */
  void wake() {
    rounds.wake();
  }

  /** How far a fetch is that runs here. */
  Optional<FetchProgress> progress(long fetch) {
    return Optional.ofNullable(running.get(fetch)).map(Running::progress);
  }

  /** Ends fetches that were cancelled. */
  void abort(Collection<Long> fetches) {
    for (long fetch : fetches) {
      Optional.ofNullable(running.get(fetch)).ifPresent(Running::abort);
    }
  }

  /**
   * Throws away what was left of fetches that were ended while nobody ran them, as those are whose
   * account is removed.
   */
  void clear() {
    queue.stale().forEach(this::discard);
  }

  /** Throws away what was left of one; if that fails, {@link #clear} tries again. */
  void discard(String storeFile) {
    try {
      stores.blobs().discard(storeFile);
      queue.forget(storeFile);
    } catch (UncheckedIOException e) {
      faults.tell("What is left of a fetch cannot be removed yet", e);
    }
  }

  /** How many fetches run here. */
  int count() {
    return running.size();
  }

  /** Until something is due, or this node has to say that it lives. */
  private Duration pause() {
    Duration beat = schedule.limits().beats().every();
    if (full || running.size() >= schedule.atOnce()) {
      return beat;
    }
    Instant now = schedule.clock().instant();
    Duration due = queue.nextDue().map(next -> Duration.between(now, next)).orElse(beat);
    Duration least = schedule.limits().beats().leastPause();
    if (due.compareTo(least) < 0) {
      return least;
    }
    return due.compareTo(beat) < 0 ? due : beat;
  }

  /** Beats if it is time, and takes on what is due. */
  private Duration round() {
    takeOverOnce();
    long now = schedule.nanoTime().getAsLong();
    if (now - lastBeat >= schedule.limits().beats().every().toNanos()) {
      lastBeat = now;
      beat();
    }
    int free = schedule.atOnce() - running.size();
    boolean due =
        free > 0
            && queue
                .nextDue()
                .filter(next -> !next.isAfter(schedule.clock().instant()))
                .isPresent();
    List<Claim> claims = due ? queue.claim(free) : List.of();
    full = due && claims.isEmpty();
    claims.forEach(this::begin);
    return pause();
  }

  private void beat() {
    List<FetchQueue.Beat> beats =
        running.values().stream().map(run -> new FetchQueue.Beat(run.claim, run.progress)).toList();
    for (Claim dead : queue.beat(beats)) {
      Optional.ofNullable(running.get(dead.id()))
          .filter(run -> run.claim.equals(dead))
          .ifPresent(Running::abort);
    }
    int lost = queue.takeOverSilent(schedule.limits().beats().silence(), this::pauseAfterCutOff);
    if (lost > 0) {
      LOG.warn("{} fetches are taken over from a node that is silent", lost);
    }
    if (running.size() >= schedule.atOnce()) {
      makeRoom();
    }
  }

  /** One at a time, so that no more is cut off than has to be, and none that is about to end. */
  private void makeRoom() {
    List<Held> held =
        running.values().stream()
            .filter(run -> !run.progress.isComplete())
            .map(run -> new Held(run, run.place()))
            .toList();
    if (held.stream().noneMatch(one -> one.run().yields) && queue.isAnybodyLeftOut()) {
      Yielding.choose(held, Held::place, schedule.limits().places().leastRun())
          .ifPresent(one -> one.run().yieldPlace(one.place()));
    }
  }

  private void begin(Claim claim) {
    var run = new Running(claim);
    running.put(claim.id(), run);
    run.thread.start();
  }

  /** Runs no more fetches; those that run are put back into the queue. */
  @Override
  public void close() {
    rounds.close();
    running.values().forEach(Running::abort);
    try {
      for (Running run : running.values()) {
        run.thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How many fetches run, when they are tried again, and by which clocks.
   *
   * @param atOnce how many run here at the same time
   */
  record Schedule(
      RemoteLimits limits,
      int atOnce,
      BackOff backOff,
      InstantSource clock,
      LongSupplier nanoTime) {}

  private record Held(Running run, Yielding.Place place) {}

  /** A fetch that runs here. */
  private final class Running implements FetchTry.CutOff {
    private final Claim claim;
    private final FetchProgress progress;
    private final Thread thread;
    private final long begunNanos = schedule.nanoTime().getAsLong();
    private final Drip drip;
    private volatile boolean aborted;

    /** Whether it was cut off for others; then it is not due at once. */
    private volatile boolean yields;

    /** Whether that is because its source is slow; then it counts as a try. */
    private volatile boolean slow;

    Running(Claim claim) {
      this.claim = claim;
      this.progress = new FetchProgress(schedule.nanoTime(), claim.partialOrNull());
      this.drip = new Drip(schedule.limits().places(), begunNanos, progress.bytes());
      this.thread = Thread.ofVirtual().name("fetch-" + claim.id()).unstarted(this::work);
    }

    FetchProgress progress() {
      return progress;
    }

    Yielding.Place place() {
      long now = schedule.nanoTime().getAsLong();
      return new Yielding.Place(
          claim.access().account(),
          Duration.ofNanos(now - begunNanos),
          progress.losesNothing(),
          drip.isSlow(now, progress.bytes()));
    }

    @Override
    public boolean yields() {
      return yields;
    }

    @Override
    public boolean isSlow() {
      return slow;
    }

    void yieldPlace(Yielding.Place place) {
      LOG.debug("Fetch {} gives its place to another account: {}", claim, place);
      slow = place.slow() && !place.losesNothing();
      yields = true;
      abort();
    }

    void abort() {
      aborted = true;
      thread.interrupt();
    }

    private void work() {
      try {
        if (!aborted) {
          new FetchTry(shared, claim, progress, this).run();
        }
      } catch (DatabaseException e) {
        faults.tell("Fetch " + claim + " cannot be noted; it is taken up again", e);
      } finally {
        running.remove(claim.id(), this);
        wake();
      }
    }
  }
}
