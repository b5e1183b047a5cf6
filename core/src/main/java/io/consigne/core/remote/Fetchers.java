package io.consigne.core.remote;

import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.Seal;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.jobs.BackOff;
import io.consigne.core.jobs.FaultLog;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs fetches of the queue: one thread finds what is due, each fetch has one of its own. */
final class Fetchers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fetchers.class);

  private final FaultLog faults = new FaultLog(LOG);
  private final FetchStores stores;
  private final FetchQueue queue;
  private final Seal seal;
  private final Rules rules;
  private final Map<Long, Running> running = new ConcurrentHashMap<>();
  private final Semaphore calls = new Semaphore(0);
  private final Thread rounds = Thread.ofPlatform().name("fetches").daemon().unstarted(this::run);
  private final FetchRun.Bounds bounds;
  private volatile boolean closed;
  private long lastBeat;
  private boolean tookOver;

  /** Whether what is due has to wait until something else ends. */
  private boolean full;

  Fetchers(FetchStores stores, FetchQueue queue, Seal seal, Rules rules) {
    this.stores = stores;
    this.queue = queue;
    this.seal = seal;
    this.rules = rules;
    int atOnce = rules.limits().turn().perProcessor() * Runtime.getRuntime().availableProcessors();
    var turns = new Turns(rules.limits().turn(), rules.nanoTime(), atOnce);
    this.bounds = new FetchRun.Bounds(rules.limits().receiving(), turns);
    this.lastBeat = rules.nanoTime().getAsLong();
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
    return attempts <= rules.limits().retries().cutOffs()
        ? Duration.ZERO
        : rules.backOff().after(attempts);
  }

  /** Says that there is something new to do. */
  void wake() {
    calls.release();
  }

  /** How far a fetch is that runs here. */
  Optional<FetchProgress> progress(long fetch) {
    return Optional.ofNullable(running.get(fetch)).map(Running::progress);
  }

  /** Ends fetches that were called off. */
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
    queue.stale().forEach(stores.blobs()::discard);
  }

  /** How many fetches run here. */
  int count() {
    return running.size();
  }

  private void run() {
    while (!closed) {
      try {
        round();
        await(pause());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        faults.tell("Fetches could not be looked after", e);
        if (!awaitAfterFault()) {
          return;
        }
      }
    }
  }

  private boolean awaitAfterFault() {
    try {
      await(rules.limits().beats().every());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void await(Duration pause) throws InterruptedException {
    if (calls.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      calls.drainPermits();
    }
  }

  /** Until something is due, or this node has to say that it lives. */
  private Duration pause() {
    Duration beat = rules.limits().beats().every();
    if (full || running.size() >= rules.atOnce()) {
      return beat;
    }
    Instant now = rules.clock().instant();
    Duration due = queue.nextDue().map(next -> Duration.between(now, next)).orElse(beat);
    Duration least = rules.limits().beats().leastPause();
    if (due.compareTo(least) < 0) {
      return least;
    }
    return due.compareTo(beat) < 0 ? due : beat;
  }

  /** Beats if it is time, and takes on what is due. */
  private void round() {
    takeOverOnce();
    long now = rules.nanoTime().getAsLong();
    if (now - lastBeat >= rules.limits().beats().every().toNanos()) {
      lastBeat = now;
      beat();
    }
    int free = rules.atOnce() - running.size();
    boolean due =
        free > 0
            && queue.nextDue().filter(next -> !next.isAfter(rules.clock().instant())).isPresent();
    List<Claim> claims = due ? queue.claim(free) : List.of();
    full = due && claims.isEmpty();
    claims.forEach(this::begin);
  }

  private void beat() {
    List<FetchQueue.Beat> beats =
        running.values().stream().map(run -> new FetchQueue.Beat(run.claim, run.progress)).toList();
    for (Claim dead : queue.beat(beats)) {
      Optional.ofNullable(running.get(dead.id()))
          .filter(run -> run.claim.equals(dead))
          .ifPresent(Running::abort);
    }
    int lost = queue.takeOverSilent(rules.limits().beats().silence(), this::pauseAfterCutOff);
    if (lost > 0) {
      LOG.warn("{} fetches are taken over from a node that is silent", lost);
    }
    if (running.size() >= rules.atOnce()) {
      makeRoom();
    }
  }

  /** One at a time, so that no more is cut off than has to be. */
  private void makeRoom() {
    List<Held> held = running.values().stream().map(run -> new Held(run, run.place())).toList();
    if (held.stream().noneMatch(one -> one.run().yields) && queue.isAnybodyLeftOut()) {
      Yielding.choose(held, Held::place, rules.limits().places().leastRun())
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
    closed = true;
    rounds.interrupt();
    try {
      if (rounds.isAlive()) {
        rounds.join();
      }
      running.values().forEach(Running::abort);
      for (Running run : running.values()) {
        run.thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * By what fetches are run.
   *
   * @param atOnce how many run here at the same time
   */
  record Rules(
      RemoteLimits limits,
      int atOnce,
      BackOff backOff,
      InstantSource clock,
      LongSupplier nanoTime) {}

  private record Held(Running run, Yielding.Place place) {}

  /** A fetch that runs here. */
  private final class Running {
    private final Claim claim;
    private final FetchProgress progress;
    private final Thread thread;
    private final long begunNanos = rules.nanoTime().getAsLong();
    private final Drip drip;
    private volatile boolean aborted;

    /** Whether it was cut off for others; then it is not due at once. */
    private volatile boolean yields;

    /** Whether that is because its source is slow; then it counts as a try. */
    private volatile boolean slow;

    Running(Claim claim) {
      this.claim = claim;
      this.progress = new FetchProgress(rules.nanoTime(), claim.partialOrNull());
      this.drip = new Drip(rules.limits().places(), begunNanos, progress.bytes());
      this.thread = Thread.ofVirtual().name("fetch-" + claim.id()).unstarted(this::work);
    }

    FetchProgress progress() {
      return progress;
    }

    Yielding.Place place() {
      long now = rules.nanoTime().getAsLong();
      return new Yielding.Place(
          claim.access().account(),
          Duration.ofNanos(now - begunNanos),
          progress.losesNothing(),
          drip.isSlow(now, progress.bytes()));
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
          attempt();
        }
      } catch (DatabaseException e) {
        faults.tell("Fetch " + claim + " cannot be noted; it is taken up again", e);
      } finally {
        running.remove(claim.id(), this);
        wake();
      }
    }

    private void attempt() {
      try (var run = new FetchRun(stores, queue, bounds, claim, progress)) {
        try {
          if (claim.attempts() < rules.limits().retries().attempts()) {
            attempt(run);
          } else {
            giveUp(run);
          }
        } catch (DatabaseException e) {
          run.park();
          throw e;
        }
      }
    }

    /** A try that a host did not live through counts, too, and may have been the last. */
    private void giveUp(FetchRun run) {
      var cutOff = new InterruptedIOException("cut off as often as it may be tried");
      LOG.warn("Fetch {} was {}: it may be what ended the host", claim, cutOff.getMessage());
      settle(run, Verdict.CUT_OFF, cutOff);
    }

    private void attempt(FetchRun run) {
      @Nullable Throwable fault = null;
      try {
        fetch(run);
      } catch (DatabaseException e) {
        throw e;
      } catch (IOException | RuntimeException | Error e) {
        fault = e;
      }
      if (fault != null) {
        boolean stopped = Thread.interrupted();
        Verdict cutOff = slow ? Verdict.TOO_SLOW : Verdict.STOPPED;
        settle(run, stopped ? cutOff : Verdict.of(fault), fault);
      }
    }

    private void fetch(FetchRun run) throws IOException {
      Optional<LinkId> copied = claim.copied();
      if (copied.isPresent()) {
        run.copy(copied.get());
      } else {
        AccountId account = claim.access().account();
        String headers = claim.headers();
        run.fetch(
            SourceUrl.parse(seal.open(claim.source(), SealedWish.aboutSource(account))),
            headers == null
                ? SourceHeaders.NONE
                : SourceHeaders.parse(seal.open(headers, SealedWish.aboutHeaders(account))));
      }
    }

    private void settle(FetchRun run, Verdict verdict, Throwable fault) {
      try {
        if (verdict.again()) {
          again(run, verdict);
        } else {
          queue.failed(claim, verdict.reason());
        }
        log(verdict, fault);
      } catch (FailureException e) {
        if (!(e.failure() instanceof Failure.Conflict)) {
          throw e;
        }
        run.abandon();
      }
    }

    private void again(FetchRun run, Verdict verdict) {
      Instant now = rules.clock().instant();
      boolean stopped = verdict.equals(Verdict.STOPPED);
      long attempts =
          !verdict.counts() ? claim.attempts() : run.brought() ? 1 : claim.attempts() + 1;
      boolean old = claim.queued().plus(rules.limits().retries().life()).isBefore(now);
      if (!stopped && (old || attempts >= rules.limits().retries().attempts())) {
        queue.failed(claim, verdict.reason() + " (given up after " + attempts + " tries)");
        return;
      }
      run.park();
      Instant next =
          stopped && !yields ? now : now.plus(rules.backOff().after(Math.max(1, attempts)));
      queue.later(claim, attempts, next, verdict.reason());
    }

    private void log(Verdict verdict, Throwable fault) {
      boolean ours = !(fault instanceof IOException) && !(fault instanceof FailureException);
      if (ours && !verdict.equals(Verdict.STOPPED) && !verdict.equals(Verdict.TOO_SLOW)) {
        LOG.error("Fetch {} met an error", claim, fault);
      } else {
        LOG.debug("Fetch {}: {}", claim, verdict.reason());
      }
    }
  }
}
