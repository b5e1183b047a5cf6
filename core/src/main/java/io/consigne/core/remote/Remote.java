package io.consigne.core.remote;

import io.consigne.core.blobs.StoreId;
import io.consigne.core.limits.LimitPolicy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;

/** Remote uploads of a host: requests of callers, and the threads that carry them out. */
public final class Remote implements AutoCloseable {
  private static final String UNTIED = "node";

  private final FetchQueue queue;
  private final Fetchers fetchers;
  private final RemoteRequests requests;
  private final boolean offered;

  /** Makes what carries fetches out over {@code stores}, at rest. */
  public Remote(FetchStores stores, Settings settings, InstantSource clock, SecureRandom random) {
    var seal = new Seal(stores.database(), random);
    RemoteLimits limits = settings.limits();
    String node = StoreId.of(stores.database()).orElse(UNTIED);
    offered = settings.atOnce() > 0;
    queue = new FetchQueue(stores.database(), clock, settings.policy(), node);
    fetchers =
        new Fetchers(
            stores,
            queue,
            seal,
            new Fetchers.Rules(
                limits,
                settings.atOnce(),
                new BackOff(limits, random),
                clock,
                settings.nanoTime()));
    requests =
        new RemoteRequests(
            stores,
            fetchers,
            seal,
            new RemoteRequests.Rules(limits, settings.policy(), offered, clock));
  }

  /** The store files that unfinished fetches go on with: to be kept at a start. */
  public Set<String> partials() {
    return queue.partials();
  }

  /** Goes on with what an earlier run was at, if fetches are offered at all. */
  public void start() {
    if (offered) {
      fetchers.start();
    }
  }

  /** What callers ask for. */
  public RemoteRequests requests() {
    return requests;
  }

  /** How many fetches run here now. */
  public int running() {
    return fetchers.count();
  }

  /** Stops fetching; what ran is queued again, for the next start. */
  @Override
  public void close() {
    fetchers.close();
  }

  /**
   * How remote uploads are run.
   *
   * @param atOnce how many fetches run at the same time on this node; 0 if none is offered
   * @param policy whether plans bound how many of them are of one account
   * @param nanoTime the time in nanoseconds, which never goes back
   */
  public record Settings(
      int atOnce, LimitPolicy policy, RemoteLimits limits, LongSupplier nanoTime) {
    /** With the usual limits. */
    public Settings(int atOnce, LimitPolicy policy) {
      this(atOnce, policy, RemoteLimits.DEFAULT, System::nanoTime);
    }
  }
}
