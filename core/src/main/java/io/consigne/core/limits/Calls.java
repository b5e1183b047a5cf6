package io.consigne.core.limits;

import io.consigne.core.accounts.Access;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.Failure.TooFast.Who;
import io.consigne.core.ids.FileId;
import io.consigne.core.limits.Admission.LimitState;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Charges calls to whoever makes them. */
public final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final @Nullable LimitTable table;
  private final Buckets buckets;
  private final @Nullable FloodLocks locks;
  private final RecentDownloads recent;
  private final CallsAtOnce known = new CallsAtOnce(CallsAtOnce.Most.KNOWN);

  /** By themselves: strangers at a few addresses must not keep accounts waiting. */
  private final CallsAtOnce open = new CallsAtOnce(CallsAtOnce.Most.OPEN);

  private final CallsAtOnce bodies = new CallsAtOnce(CallsAtOnce.Most.BODIES);

  private final InstantSource clock;
  private final LongAdder refused = new LongAdder();

  /**
   * Charges as {@code policy} says.
   *
   * @param clock tells until when a lock holds
   */
  public Calls(LimitPolicy policy, Buckets buckets, InstantSource clock) {
    this.table = policy.tableOrNull();
    this.buckets = buckets;
    this.locks =
        policy.floodOrNull() == null
            ? null
            : new FloodLocks(policy.floodOrNull(), policy.nanoTime());
    this.recent = new RecentDownloads(policy.nanoTime());
    this.clock = clock;
  }

  /** A call by a known caller, charged to its key, its account and its address. */
  public Admission call(Access access, InetAddress address) {
    if (table == null) {
      return Admission.FREE;
    }
    PlanLimits limits = table.of(access.plan());
    var account = new Subject.OfAccount(access.account());
    var demands = new ArrayList<Demand>();
    access
        .terms()
        .ifPresent(key -> demands.add(demand(new Subject.Key(key.id()), limits.key(key))));
    demands.add(demand(account, limits.account()));
    demands.add(demand(Subject.Network.of(address), table.address()));
    return admit(demands);
  }

  /** A request that is no call; it is charged to its key only if that has a rate of its own. */
  public Admission ownRate(Access access) {
    if (table == null) {
      return Admission.FREE;
    }
    return access
        .terms()
        .filter(key -> key.rate().isPresent())
        .map(key -> demand(new Subject.Key(key.id()), table.of(access.plan()).key(key)))
        .map(demand -> admit(List.of(demand)))
        .orElse(Admission.FREE);
  }

  /** A page, or a call that needs no key, charged to its address. */
  public Admission open(InetAddress address) {
    return table == null ? Admission.FREE : admit(address, CallKind.OPEN, table.open());
  }

  /** A request for what is not there, charged to its address. */
  public Admission notThere(InetAddress address) {
    return table == null ? Admission.FREE : admit(address, CallKind.NOWHERE, table.nowhere());
  }

  /** A call with a key or password that nobody has, charged to its address. */
  public Admission stranger(InetAddress address) {
    return table == null ? Admission.FREE : admit(address, CallKind.STRANGER, table.strangers());
  }

  private Admission admit(InetAddress address, CallKind kind, CallRate quota) {
    return admit(List.of(new Demand(Subject.Network.of(address), kind, quota)));
  }

  /**
   * Waits for the turn of a known caller's call to be answered; to be closed then. That holds also
   * where calls are not limited.
   */
  public CallsAtOnce.Place enter(Access access, CallsAtOnce.Taker taker) {
    return enter(access, taker, CallsAtOnce.Most.KNOWN.own());
  }

  /**
   * Waits for the turn of a known caller, for {@code own} at most while its account has no place.
   */
  public CallsAtOnce.Place enter(Access access, CallsAtOnce.Taker taker, Duration own) {
    return known.enter(new Subject.OfAccount(access.account()), taker, own);
  }

  /** Waits for the turn of a page that may be long, of whoever is at that address. */
  public CallsAtOnce.Place enter(InetAddress address, CallsAtOnce.Taker taker) {
    return open.enter(Subject.Network.of(address), taker);
  }

  /** Waits for the turn of a body that is not short, of whoever is at that address. */
  public CallsAtOnce.Place enterBody(InetAddress address, CallsAtOnce.Sender sender) {
    return bodies.enter(Subject.Network.of(address), sender);
  }

  /** What a call is charged for beside being one. */
  public Admission charge(Payer payer, CallKind kind) {
    return table == null
        ? Admission.FREE
        : admit(List.of(new Demand(payer.subject(), kind, table.of(payer.plan()).of(kind))));
  }

  /** The begin of a download; further requests for the same file are let in for a while. */
  public Admission download(Payer payer, FileId file) {
    return recent.admit(payer, file, () -> charge(payer, CallKind.DOWNLOAD));
  }

  private static Demand demand(Subject subject, CallRate quota) {
    return new Demand(subject, CallKind.CALL, quota);
  }

  /** Takes a unit for each demand, or none at all. */
  private Admission admit(List<Demand> demands) {
    Optional<Failure> locked = locked(demands);
    if (locked.isPresent()) {
      refused.increment();
      return new Admission(List.of(), locked.get());
    }
    var standings = new ArrayList<LimitState>();
    var taken = new ArrayList<Demand>();
    Demand slowest = null;
    Duration wait = Duration.ZERO;
    for (Demand demand : demands) {
      Buckets.Level level = buckets.take(demand.id(), demand.quota());
      standings.add(demand.standing(level));
      if (level.taken()) {
        taken.add(demand);
      } else if (slowest == null || level.next().compareTo(wait) > 0) {
        slowest = demand;
        wait = level.next();
      }
    }
    if (slowest == null) {
      return new Admission(standings, null);
    }
    refused.increment();
    taken.forEach(demand -> buckets.giveBack(demand.id(), demand.quota()));
    return new Admission(standings, refusal(slowest, wait));
  }

  /** Tells the log how many calls were refused since the last time. */
  public void report() {
    long since = refused.sumThenReset();
    if (since > 0) {
      LOG.info("{} calls were refused because they came too fast", since);
    }
  }

  private Optional<Failure> locked(List<Demand> demands) {
    if (locks != null) {
      for (Demand demand : demands) {
        Optional<Duration> left = locks.ask(demand.id());
        if (left.isPresent()) {
          return Optional.of(lock(demand.subject(), left.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Failure refusal(Demand demand, Duration wait) {
    if (locks == null) {
      return new Failure.TooFast(who(demand.subject()), wait, null);
    }
    Duration lock = locks.lock(demand.id());
    return lock(demand.subject(), lock.compareTo(wait) < 0 ? wait : lock);
  }

  private Failure lock(Subject subject, Duration left) {
    return new Failure.TooFast(who(subject), left, clock.instant().plus(left));
  }

  private static Who who(Subject subject) {
    return switch (subject) {
      case Subject.Key _ -> Who.KEY;
      case Subject.OfAccount _ -> Who.ACCOUNT;
      case Subject.Network _ -> Who.ADDRESS;
    };
  }

  /** A unit that a call needs. */
  private record Demand(Subject subject, CallKind kind, CallRate quota) {
    Buckets.Id id() {
      return new Buckets.Id(subject, kind);
    }

    LimitState standing(Buckets.Level level) {
      String owner = who(subject).name().toLowerCase(Locale.ROOT);
      String name =
          kind == CallKind.CALL
              ? owner
              : owner + "-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      return new LimitState(
          name, quota, level.left(), level.left() > 0 ? level.full() : level.next());
    }
  }
}
