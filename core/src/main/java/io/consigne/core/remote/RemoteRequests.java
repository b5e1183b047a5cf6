package io.consigne.core.remote;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.db.Seal;
import io.consigne.core.db.Sql;
import io.consigne.core.events.Outbox;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.FolderId;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.tree.FolderRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What callers do with remote uploads: ask for them, look at them, cancel them. */
public final class RemoteRequests {
  private final FetchStores stores;
  private final Fetchers fetchers;
  private final Seal seal;
  private final Terms terms;
  private final OldRequests old;

  RemoteRequests(FetchStores stores, Fetchers fetchers, Seal seal, Terms terms) {
    this.stores = stores;
    this.fetchers = fetchers;
    this.seal = seal;
    this.terms = terms;
    old = new OldRequests(stores.database(), terms);
  }

  /**
   * Has the host fetch something. Of several sources, those that are no addresses, and those whose
   * port or address is refused anyway, have failed from the start; the only source of a request is
   * refused with it.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotOffered}; {@code NotAllowed}, also
   *     without the right to write, and for the only source; {@code NotFound} for the folder;
   *     {@code Invalid} without a source, and for the only one; {@code TooLarge} for too many;
   *     {@code AllowanceUsed} if too many wait already, or too many ended untried, or were asked
   *     for again, of late
   */
  public Added add(Access access, Wish wish) {
    access.require(Right.REMOTE);
    access.require(Right.WRITE);
    requireOffered();
    int count = wish.items().size();
    if (count == 0) {
      throw new Failure.Invalid("urls", "", "is missing").asException();
    }
    if (count > terms.limits().asking().sources()) {
      throw new Failure.TooLarge("urls", count, terms.limits().asking().sources()).asException();
    }
    List<Wish.Item> items = wish.items().stream().map(this::judged).toList();
    if (count == 1 && items.getFirst() instanceof Wish.Refused refused) {
      throw refused.failure().asException();
    }
    Instant now = terms.clock().instant();
    var judged = new Wish(items, wish.headers(), wish.folder());
    var sealed = SealedWish.of(judged, access.account(), seal);
    long id = stores.database().write(sql -> add(sql, access, sealed, wish.folder(), now));
    fetchers.wake();
    return new Added(new RequestInfo(id, now, sealed.wanted() == 0 ? now : null), items);
  }

  /** Nobody is asked yet; what passes may be refused when it is fetched. */
  private Wish.Item judged(Wish.Item item) {
    if (item instanceof Wish.Source source && source.copiedOrNull() == null) {
      try {
        terms.policy().require(source.url());
      } catch (FailureException e) {
        return new Wish.Refused(source.text(), e.failure(), source.keyOrNull());
      }
    }
    return item;
  }

  private void requireOffered() {
    if (!terms.offered()) {
      throw new Failure.NotOffered("Remote upload").asException();
    }
  }

  private long add(Sql sql, Access access, SealedWish wish, FolderRef to, Instant now) {
    requireRoom(sql, access, wish.wanted());
    requireFewUntried(sql, access, wish.refused(), now);
    FolderId folder = stores.uploads().placement(sql, access, to).folder();
    long id = RequestRows.add(sql, access, wish, folder, now);
    note(sql, access, Action.REMOTE_REQUEST, id + " of " + wish.sources().size() + " sources");
    for (long refused : RequestRows.failed(sql, id)) {
      FetchEvent.of(sql, refused).ifPresent(event -> Outbox.add(sql, now, access.account(), event));
    }
    if (terms.mailed()) {
      MailedReports.add(sql, now, id);
    }
    return id;
  }

  private void requireRoom(Sql sql, Access access, long more) {
    int most = most(access);
    if (RequestRows.unfinished(sql, access.account()) + more > most) {
      throw used(
          String.format(Locale.ROOT, "The %,d fetches that may wait in this plan do", most),
          terms.limits().asking().patience());
    }
  }

  /** What ends at once waits for nothing, but each source leaves a row and is told. */
  private void requireFewUntried(Sql sql, Access access, long more, Instant now) {
    long before = RequestRows.untried(sql, access.account(), until(now));
    requireFew(access, before + more, "refused, or cancelled untried,");
  }

  /** What fails once more is told once more. */
  private void requireFewRetried(Sql sql, Access access, Instant now) {
    requireFew(access, RequestRows.retried(sql, access.account(), until(now)), "asked for again");
  }

  private RequestRows.Period until(Instant now) {
    return new RequestRows.Period(now.minus(terms.limits().asking().untriedEvery()), now);
  }

  private void requireFew(Access access, long count, String what) {
    int most = most(access);
    Duration every = terms.limits().asking().untriedEvery();
    if (count > most) {
      throw used(
          String.format(
              Locale.ROOT,
              "No more than %,d sources may be %s within %d minutes",
              most,
              what,
              every.toMinutes()),
          every);
    }
  }

  private int most(Access access) {
    return FetchAllowance.of(access.plan(), terms.plans()).unfinished();
  }

  private static FailureException used(String what, Duration after) {
    return new Failure.AllowanceUsed(what, after).asException();
  }

  private void note(Sql sql, Access access, Action action, String what) {
    AuditLog.add(
        sql,
        terms.clock().instant(),
        Entry.done(access.account(), access.actor(), action, "request " + what));
  }

  /**
   * The requests that the caller sees, newest first, as many as are listed.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}
   */
  public List<RequestInfo> list(Access access) {
    access.require(Right.REMOTE);
    return stores
        .database()
        .read(sql -> RequestRows.list(sql, access, terms.limits().history().listed()));
  }

  /**
   * A request and what became of each of its sources. The values of the queries of their addresses,
   * which may be secrets, are for the restricted key that asked and for who has all of the account.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}, {@code NotFound}
   */
  public Details get(Access access, long request) {
    access.require(Right.REMOTE);
    Sealed found =
        stores
            .database()
            .read(sql ->
                new Sealed(
                    seen(sql, access, request),
                    RequestRows.fetches(sql, request),
                    access.isMaster() || RequestRows.isAskedBy(sql, access, request)));
    String about = SealedWish.aboutSource(access.account());
    UnaryOperator<String> shown = found.withQueries() ? Wish::shown : SourceUrl::shown;
    return new Details(
        found.request(),
        found.fetches().stream()
            .map(this::live)
            .map(info -> info.from(shown.apply(seal.open(info.source(), about))))
            .toList());
  }

  private FetchInfo live(RequestRows.Numbered fetch) {
    return fetch.info().state() == FetchState.RUNNING
        ? fetchers.progress(fetch.id()).map(fetch.info()::with).orElse(fetch.info())
        : fetch.info();
  }

  private static RequestInfo seen(Sql sql, Access access, long request) {
    return RequestRows.find(sql, access, request)
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  /**
   * Cancels what has not ended, at once: when this returns, no file comes of it any more.
   *
   * @return how many fetches were cancelled
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}, {@code NotFound}, {@code
   *     NothingChanged} if all have ended
   */
  public int cancel(Access access, long request) {
    access.require(Right.REMOTE);
    List<Unfinished> ended = stores.database().write(sql -> cancel(sql, access, request));
    fetchers.abort(ended.stream().map(Unfinished::id).toList());
    for (Unfinished fetch : ended) {
      if (fetch.waitingPartialOrNull() != null) {
        fetchers.discard(fetch.waitingPartialOrNull());
      }
    }
    return ended.size();
  }

  private List<Unfinished> cancel(Sql sql, Access access, long request) {
    seen(sql, access, request);
    List<Unfinished> fetches = Unfinished.list(sql, request);
    if (fetches.isEmpty()) {
      throw new Failure.NothingChanged(Failure.NothingChanged.What.FETCHES_ENDED).asException();
    }
    Instant now = terms.clock().instant();
    fetches.forEach(fetch -> Transitions.cancel(sql, fetch.id(), now));
    note(sql, access, Action.REMOTE_CANCEL, Long.toString(request));
    if (terms.mailed()) {
      MailedReports.add(sql, now, request);
    }
    return fetches;
  }

  /**
   * Asks again for what failed or was cancelled; from now on the request is the caller's.
   *
   * @return how many fetches are queued again
   * @throws io.consigne.core.failure.FailureException as {@link #add}; {@code NothingChanged} if
   *     there is none
   */
  public int retry(Access access, long request) {
    access.require(Right.REMOTE);
    access.require(Right.WRITE);
    requireOffered();
    int again = stores.database().write(sql -> retry(sql, access, request));
    fetchers.wake();
    return again;
  }

  private int retry(Sql sql, Access access, long request) {
    seen(sql, access, request);
    long repeatable = RequestRows.repeatable(sql, request);
    if (repeatable == 0) {
      throw new Failure.NothingChanged(Failure.NothingChanged.What.NO_FETCH_FAILED).asException();
    }
    requireRoom(sql, access, repeatable);
    Instant now = terms.clock().instant();
    int again = Transitions.repeat(sql, request, now);
    RequestRows.countRetries(sql, request, again, until(now));
    requireFewRetried(sql, access, now);
    RequestRows.takeOn(sql, access, request);
    note(sql, access, Action.REMOTE_RETRY, Long.toString(request));
    return again;
  }

  /** Forgets requests that ended long ago or are too many, and what was left of others. */
  public void removeOld() {
    old.remove();
    fetchers.clear();
  }

  /**
   * A request with its fetches.
   *
   * @param fetches in the order of the sources
   */
  public record Details(RequestInfo request, List<FetchInfo> fetches) {
    /** Copies the list. */
    public Details {
      fetches = List.copyOf(fetches);
    }
  }

  /**
   * A request that was made.
   *
   * @param items in the order of the sources, those that were refused as such
   */
  public record Added(RequestInfo request, List<Wish.Item> items) {
    /** Copies the list. */
    public Added {
      items = List.copyOf(items);
    }

    /** Its number. */
    public long id() {
      return request.id();
    }

    /** Those of the sources that were refused, in their order. */
    public List<Refusal> refused() {
      return IntStream.range(0, items.size())
          .boxed()
          .<Refusal>mapMulti((position, all) -> {
            if (items.get(position) instanceof Wish.Refused item) {
              all.accept(new Refusal(position, item.shown(), item.reason()));
            }
          })
          .toList();
    }
  }

  /**
   * A source that was refused.
   *
   * @param position among the sources of the request, from 0
   * @param url as it may be shown
   * @param reason in words
   */
  public record Refusal(int position, String url, String reason) {}

  private record Sealed(
      RequestInfo request, List<RequestRows.Numbered> fetches, boolean withQueries) {}

  /** A fetch that has not ended, and what came of it if it does not run. */
  private record Unfinished(long id, @Nullable String waitingPartialOrNull) {
    static List<Unfinished> list(Sql sql, long request) {
      return sql.list(
          """
          SELECT id, state, partial_file FROM remote_fetches
          WHERE request_id = ? AND state IN ('queued', 'running')
          """,
          row ->
              new Unfinished(
                  row.number("id"),
                  row.text("state").equals("queued") ? row.textOrNull("partial_file") : null),
          request);
    }
  }

  /** On which terms requests are taken. */
  record Terms(
      RemoteLimits limits,
      LimitPolicy plans,
      FetchPolicy policy,
      boolean offered,
      boolean mailed,
      InstantSource clock) {}
}
