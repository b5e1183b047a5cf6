package io.consigne.core.remote;

import io.consigne.core.blobs.StoreId;
import io.consigne.core.db.Database;
import io.consigne.core.db.Seal;
import io.consigne.core.jobs.BackOff;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.mails.Letters;
import io.consigne.core.remote.source.FetchPolicy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Remote uploads of a host: requests of callers, and the threads that carry them out. */
public final class Remote implements AutoCloseable {
  private final Database database;
  private final Seal seal;
  private final FetchQueue queue;
  private final Fetchers fetchers;
  private final RemoteRequests requests;
  private final boolean offered;

  /**
   * Makes what carries fetches out over {@code stores}, at rest.
   *
   * @param seal of what is secret in requests
   */
  public Remote(
      FetchStores stores, Settings settings, Seal seal, InstantSource clock, SecureRandom random) {
    database = stores.database();
    this.seal = seal;
    RemoteLimits limits = settings.limits();
    String node = StoreId.nodeOf(stores.database());
    offered = settings.atOnce() > 0;
    queue = new FetchQueue(stores.database(), clock, settings.plans(), node, settings.mailed());
    fetchers =
        new Fetchers(
            stores,
            queue,
            seal,
            new Fetchers.Schedule(
                limits,
                settings.atOnce(),
                new BackOff(
                    limits.retries().pauses().first(), limits.retries().pauses().longest(), random),
                clock,
                settings.nanoTime()));
    requests =
        new RemoteRequests(
            stores,
            fetchers,
            seal,
            new RemoteRequests.Terms(
                limits, settings.plans(), settings.policy(), offered, settings.mailed(), clock));
  }

  /** The store files that unfinished fetches go on with: to be kept at a start. */
  public Set<String> partials() {
    return queue.partials();
  }

  /** Queues again what an earlier run was at, and goes on if fetches are offered at all. */
  public void start() {
    fetchers.takeOver();
    if (offered) {
      fetchers.start();
    }
  }

  /** What callers ask for. */
  public RemoteRequests requests() {
    return requests;
  }

  /**
   * What is mailed of requests.
   *
   * @param originOrNull how the host is reached, for links; null to leave them out
   */
  public Letters letters(@Nullable String originOrNull) {
    return new MailedReports(database, seal, originOrNull);
  }

  /** How many fetches run here now. */
  int running() {
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
   * @param plans whether plans bound how many of them are of one account
   * @param policy from where
   * @param mailed whether requests are reported by mail to who wants it
   * @param nanoTime the time in nanoseconds, which never goes back
   */
  public record Settings(
      int atOnce,
      LimitPolicy plans,
      FetchPolicy policy,
      boolean mailed,
      RemoteLimits limits,
      LongSupplier nanoTime) {}
}
