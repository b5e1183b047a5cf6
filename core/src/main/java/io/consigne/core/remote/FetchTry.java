package io.consigne.core.remote;

import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.Seal;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of a claimed fetch, and what becomes of it. Used by one thread. */
final class FetchTry {
  private static final Logger LOG = LoggerFactory.getLogger(FetchTry.class);

  private final Shared shared;
  private final Claim claim;
  private final FetchProgress progress;
  private final CutOff cutOff;

  FetchTry(Shared shared, Claim claim, FetchProgress progress, CutOff cutOff) {
    this.shared = shared;
    this.claim = claim;
    this.progress = progress;
    this.cutOff = cutOff;
  }

  /** Ends with a file, or notes why there is none. */
  void run() {
    try (var run =
        new FetchRun(shared.stores(), shared.queue(), shared.bounds(), claim, progress)) {
      try {
        if (claim.attempts() < shared.schedule().limits().retries().attempts()) {
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
    LOG.warn(
        "Fetch {} was cut off as often as it may be tried: it may be what ended the host", claim);
    settle(run, Verdict.CUT_OFF);
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
      Verdict verdict = stopped ? verdict() : Verdict.of(fault);
      log(verdict, fault);
      settle(run, verdict);
    }
  }

  private Verdict verdict() {
    return cutOff.isSlow() ? Verdict.TOO_SLOW : Verdict.STOPPED;
  }

  private void fetch(FetchRun run) throws IOException {
    Optional<LinkId> copied = claim.copied();
    if (copied.isPresent()) {
      run.copy(copied.get());
    } else {
      AccountId account = claim.access().account();
      String headers = claim.headers();
      run.fetch(
          SourceUrl.parse(shared.seal().open(claim.source(), SealedWish.aboutSource(account))),
          headers == null
              ? SourceHeaders.NONE
              : SourceHeaders.parse(shared.seal().open(headers, SealedWish.aboutHeaders(account))));
    }
  }

  private void settle(FetchRun run, Verdict verdict) {
    try {
      if (verdict.again()) {
        again(run, verdict);
      } else {
        shared.queue().failed(claim, verdict.reason());
      }
    } catch (FailureException e) {
      if (!(e.failure() instanceof Failure.Conflict)) {
        throw e;
      }
      run.abandon();
    }
  }

  private void again(FetchRun run, Verdict verdict) {
    Instant now = shared.schedule().clock().instant();
    boolean stopped = verdict.equals(Verdict.STOPPED);
    long before = run.brought() ? 0 : claim.attempts();
    long attempts = verdict.counts() ? before + 1 : before;
    if (verdict.counts() && attempts >= shared.schedule().limits().retries().attempts()) {
      shared.queue().failed(claim, verdict.reason() + " (given up after " + attempts + " tries)");
      return;
    }
    run.park();
    Instant next =
        stopped && !cutOff.yields() ? now : now.plus(pause(verdict, Math.max(1, attempts)));
    shared.queue().later(claim, attempts, next, verdict.reason());
  }

  private Duration pause(Verdict verdict, long attempts) {
    Duration usual = shared.schedule().backOff().after(attempts);
    Duration asked = verdict.afterOrNull();
    if (asked == null || asked.compareTo(usual) < 0) {
      return usual;
    }
    Duration longest = shared.schedule().limits().retries().pauses().longestAsked();
    return asked.compareTo(longest) < 0 ? asked : longest;
  }

  private void log(Verdict verdict, Throwable fault) {
    boolean ours = !(fault instanceof IOException) && !(fault instanceof FailureException);
    if (ours && !verdict.equals(Verdict.STOPPED) && !verdict.equals(Verdict.TOO_SLOW)) {
      LOG.error("Fetch {} met an error", claim, fault);
    } else {
      LOG.debug("Fetch {}: {}", claim, verdict.reason());
    }
  }

  /** What all tries share. */
  record Shared(
      FetchStores stores,
      FetchQueue queue,
      Seal seal,
      Fetchers.Schedule schedule,
      FetchRun.Bounds bounds) {}

  /** Why the thread of a try is interrupted; asked after that. */
  interface CutOff {
    /** Whether it was for others, who get its place; then it is not due at once. */
    boolean yields();

    /** Whether that was because its source is slow; then it counts as a try. */
    boolean isSlow();
  }
}
