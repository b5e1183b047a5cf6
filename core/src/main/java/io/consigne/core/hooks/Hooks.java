package io.consigne.core.hooks;

import io.consigne.core.db.Seal;
import io.consigne.core.jobs.BackOff;
import io.consigne.core.remote.source.Posts;

/** The webhooks of a host, and what tells them. */
public final class Hooks implements AutoCloseable {
  private final Deliveries deliveries;
  private final Webhooks webhooks;
  private final MessageLog log;
  private final boolean offered;

  /**
   * At rest.
   *
   * @param seal of the secrets of webhooks
   * @param node by what name this host claims messages
   */
  public Hooks(HookParts parts, Posts posts, Seal seal, String node) {
    HookLimits limits = parts.limits();
    var backOff =
        new BackOff(limits.retries().firstPause(), limits.retries().longestPause(), parts.random());
    var pauses = new BackOff(limits.resting().first(), limits.resting().longest(), parts.random());
    var rests = new Rests(limits, pauses, parts.clock());
    offered = parts.offered();
    log = new MessageLog(parts.database(), parts.clock(), limits);
    deliveries =
        new Deliveries(
            new MessageQueue(parts.database(), parts.clock(), limits, node),
            posts,
            seal,
            new Deliveries.Retrying(limits, backOff, rests, parts.clock()));
    webhooks = new Webhooks(parts, deliveries, seal);
  }

  /** Goes on with what an earlier run was at, if webhooks are offered. */
  public void start() {
    if (offered) {
      deliveries.start();
    }
  }

  /** What callers do with them. */
  public Webhooks webhooks() {
    return webhooks;
  }

  /** Keeps what was and what is to be told within its limits. */
  public void trim() {
    log.trim();
  }

  @Override
  public void close() {
    deliveries.close();
  }
}
