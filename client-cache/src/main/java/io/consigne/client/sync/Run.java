package io.consigne.client.sync;

import io.consigne.client.Client;
import io.consigne.client.cache.Listings;
import io.consigne.client.sync.Outcome.Failed;
import io.consigne.client.transfer.Breaker;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.Together;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Does what a plan says. What it cannot do it leaves and goes on with the rest, until a {@link
 * Breaker} ends it. But what has no counterpart is removed only if all else was done: it may be
 * what could not be stored or fetched under another name.
 *
 * {@snippet file="io/consigne/client/sync/CacheExamplesTest.java" region=sync}
 */
public final class Run {
  private final Sending sending;
  private final Fetching fetching;
  private final List<Step> done = new ArrayList<>();
  private final List<Failed> failed = new ArrayList<>();
  private final Lists ends = new Lists();
  private final Consumer<Step> told;
  private final int downloads;
  private final Breaker breaker = new Breaker();

  /**
   * Prepares a run; nothing is done yet.
   *
   * @param client of the account
   * @param listings of the same account, which are told what changes
   * @param sides that were compared
   * @param watch who is told of it
   * @param downloads how many files are fetched at once
   */
  public Run(Client client, Listings listings, Comparison.Sides sides, Watch watch, int downloads) {
    this.sending = new Sending(client, listings, sides, watch.progress(), breaker);
    this.fetching = new Fetching(client, listings, sides.local(), watch.progress(), breaker);
    this.told = watch.done();
    this.downloads = downloads;
  }

  /**
   * Who watches a run.
   *
   * @param progress told of each file's bytes, by several threads
   * @param done told of each step that is done, by one thread at a time
   */
  public record Watch(Progress progress, Consumer<Step> done) {
    /** Nobody. */
    public static final Watch NOBODY = new Watch(Progress.UNSEEN, step -> {});
  }

  /** How several steps end; each is told once. Safe for several threads. */
  interface Ends {
    void done(Step step);

    void failed(Step step, String reason);
  }

  /**
   * Does all steps.
   *
   * @param plan of the sides that were compared
   * @return what was done, and what was not, also if a breaker ended it
   * @throws IOException if the host cannot be reached, refuses a whole request or the thread is
   *     interrupted; steps that were told are done
   */
  public Outcome of(Plan plan) throws IOException {
    var sends = new LinkedHashMap<String, List<Step.Send>>();
    var removals = new ArrayList<Step.RemoveRemote>();
    var fetches = new ArrayList<Callable<Step>>();
    Set<String> beside = beside(plan);
    var localRemovals = new ArrayList<Step.RemoveLocal>();
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.MakeFolder _ when breaker.isEnded() -> {}
        case Step.MakeFolder make -> sending.make(make, ends);
        case Step.Send send ->
            sends.computeIfAbsent(Plan.folder(send.path()), _ -> new ArrayList<>()).add(send);
        case Step.RemoveRemote remove -> removals.add(remove);
        case Step.Fetch fetch when beside.contains(fetch.path()) ->
            ends.failed(fetch, "its name is taken while another file is fetched");
        case Step.Fetch fetch -> fetches.add(() -> fetching.fetch(fetch, ends));
        case Step.RemoveLocal remove -> localRemovals.add(remove);
      }
    }
    breaker.guard(() -> Together.run(fetches, downloads));
    if (!breaker.isEnded()) {
      for (Step.RemoveLocal remove : unlessFailed(localRemovals)) {
        fetching.remove(remove, ends);
      }
      sending.send(sends, ends);
    }
    if (!breaker.isEnded()) {
      sending.remove(unlessFailed(removals), ends);
    }
    return new Outcome(done, failed, ended(plan));
  }

  /**
   * What has been done until now: of a run that an exception has ended, all that it did.
   *
   * @return steps that are done, and those that failed
   */
  public Outcome soFar() {
    return ends.outcome();
  }

  /** Of what is to be removed, what may be: all, or what something of the same path stays of. */
  private <T extends Step> List<T> unlessFailed(List<T> removals) {
    if (failed.isEmpty()) {
      return removals;
    }
    var allowed = new ArrayList<T>();
    for (T step : removals) {
      if (step instanceof Step.RemoveRemote remove && remove.isCopy()) {
        allowed.add(step);
      } else {
        ends.failed(step, "not removed, since something else could not be done");
      }
    }
    return allowed;
  }

  private Outcome.@Nullable Ended ended(Plan plan) {
    int left = plan.steps().size() - done.size() - failed.size();
    return breaker.ended().map(why -> new Outcome.Ended(why, left)).orElse(null);
  }

  /** The names that files take while they are fetched. */
  private static Set<String> beside(Plan plan) {
    return plan.steps().stream()
        .filter(Step.Fetch.class::isInstance)
        .flatMap(step -> Downloads.namesBeside(step.path()).stream())
        .collect(Collectors.toSet());
  }

  private final class Lists implements Ends {
    @Override
    public synchronized void done(Step step) {
      done.add(step);
      told.accept(step);
    }

    @Override
    public synchronized void failed(Step step, String reason) {
      failed.add(new Failed(step, reason));
    }

    private synchronized Outcome outcome() {
      return new Outcome(done, failed);
    }
  }
}
