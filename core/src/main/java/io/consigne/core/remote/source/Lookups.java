package io.consigne.core.remote.source;

import io.consigne.core.ids.AccountId;
import io.consigne.core.remote.source.SourceException.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks the name system, on platform threads of its own: the system's resolver holds the thread that
 * asks, and many virtual threads share a few. It holds it also when nobody waits for it any more;
 * so the names of one account, of which none may ever answer, get no more than an eighth of the
 * threads.
 */
final class Lookups implements AutoCloseable {
  /** Of so many parts of the threads one account has one at most. */
  private static final int PARTS = 8;

  private final Names names;
  private final Duration limit;
  private final ExecutorService threads;
  private final int shares;
  private final Map<AccountId, Semaphore> free = new ConcurrentHashMap<>();

  Lookups(Names names, FetchLimits.Addresses limits) {
    this.names = names;
    this.limit = limits.lookup();
    this.shares = Math.max(1, limits.lookups() / PARTS);
    this.threads =
        Executors.newFixedThreadPool(
            limits.lookups(), Thread.ofPlatform().daemon().name("names-", 1).factory());
  }

  /** Who asks for names. */
  @FunctionalInterface
  interface Asker {
    /**
     * The addresses of a host.
     *
     * @throws SourceException {@code UNKNOWN_HOST}, also if the answer takes too long; {@code
     *     CROWDED} if nobody was asked, because too many others were
     */
    List<InetAddress> addresses(SourceUrl url) throws SourceException;
  }

  /** An account, or nobody in particular. */
  Asker by(@Nullable AccountId account) {
    return url -> addresses(url, account);
  }

  private List<InetAddress> addresses(SourceUrl url, @Nullable AccountId account)
      throws SourceException {
    if (url.literal().isPresent()) {
      return List.of(url.literal().get());
    }
    var share = new Share(account);
    @Nullable Future<InetAddress[]> answer = null;
    try {
      long began = System.nanoTime();
      share.take();
      answer = threads.submit(() -> share.use(url.host()));
      long left = limit.toNanos() - (System.nanoTime() - began);
      return List.of(answer.get(left, TimeUnit.NANOSECONDS));
    } catch (ExecutionException _) {
      throw FetchPolicy.unknown(url);
    } catch (TimeoutException _) {
      throw share.began()
          ? new SourceException(
              Reason.UNKNOWN_HOST, "The name system says nothing about " + url.place())
          : new SourceException(
              Reason.CROWDED, "Too many other names are looked up, of which none is answered");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Trouble.stopped();
    } finally {
      if (answer != null) {
        answer.cancel(true);
        share.giveBackUnused();
      }
    }
  }

  /**
   * One look-up among those that its account may have at once; in use until it has really ended.
   */
  private final class Share {
    private final @Nullable AccountId account;
    private final Semaphore others;
    private final AtomicBoolean used = new AtomicBoolean();

    Share(@Nullable AccountId account) {
      this.account = account;
      this.others =
          account == null
              ? new Semaphore(1)
              : free.computeIfAbsent(account, _ -> new Semaphore(shares));
    }

    void take() throws InterruptedException, TimeoutException {
      if (!others.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
    }

    /** Whether the name system is asked, or was. */
    boolean began() {
      return used.get();
    }

    InetAddress[] use(String host) throws UnknownHostException {
      if (!used.compareAndSet(false, true)) {
        throw new UnknownHostException("nobody waits for it any more");
      }
      try {
        return names.lookup(host);
      } finally {
        giveBack();
      }
    }

    void giveBackUnused() {
      if (used.compareAndSet(false, true)) {
        giveBack();
      }
    }

    private void giveBack() {
      others.release();
      if (account != null) {
        free.computeIfPresent(account, (_, all) -> all.availablePermits() == shares ? null : all);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
