package io.consigne.client.policy;

import io.consigne.client.budget.Budget;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.Limit;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.wire.Call;
import io.consigne.client.wire.Call.Repeat;
import io.consigne.client.wire.ChangedFileException;
import io.consigne.client.wire.JsonObject;
import io.consigne.client.wire.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes calls within the budget. What may succeed later is tried again, for a bounded number of
 * times; what will not, never.
 */
public final class Policy {
  /** Tries of one call that fails for a while. */
  static final int TRIES = 6;

  /** Tries of a call to a host that has not been reached yet: the first waits are seconds. */
  static final int FIRST_TRIES = 3;

  /** Flood answers that one call accepts. */
  static final int FLOODS = 8;

  private static final int FORBIDDEN = 403;
  private static final int SERVICE_UNAVAILABLE = 503;

  private static final Map<Limit, String> CALL = Map.of(Limit.CALL, "");

  private final Wire wire;
  private final Budget budget;
  private final Waiting waiting;
  private final BackOff backOff;

  /** Whether a connection was ever made: a host that ran a moment ago will soon run again. */
  private volatile boolean reached;

  /** Makes calls by {@code wire}. */
  public Policy(Wire wire, Budget budget, Waiting waiting, BackOff backOff) {
    this.wire = wire;
    this.budget = budget;
    this.waiting = waiting;
    this.backOff = backOff;
  }

  /** Something that is sent once. */
  @FunctionalInterface
  public interface Attempt<T> {
    /** Sends. */
    T run() throws IOException;
  }

  /**
   * Finds out what came of a call whose answer was lost, and that changed nothing when it was made
   * again: the host may have done it, or may refuse it in the same words.
   */
  @FunctionalInterface
  public interface Look<T> {
    /** Looks, or throws what the host has said. */
    T at(RefusedException unchanged) throws IOException;
  }

  /** Makes a call. */
  public <T> T run(Call<T> call) throws IOException {
    return run(
        call,
        unchanged -> {
          throw unchanged;
        });
  }

  /** Makes a call, of which {@code look} finds out in doubt what came of it. */
  public <T> T run(Call<T> call, Look<T> look) throws IOException {
    var tries = new Tries(call.repeat());
    Map<Limit, String> costs = call.costs();
    while (true) {
      budget.await(costs);
      try {
        T answer = wire.send(call);
        reached = true;
        return answer;
      } catch (RefusedException e) {
        if (tries.isGone(e.refusal())) {
          return call.reader().apply(JsonObject.EMPTY);
        }
        if (tries.mayBeDone(e.refusal())) {
          return look.at(e);
        }
        tries.refused(e);
        costs = call.costs();
      } catch (IOException e) {
        tries.lost(e);
        costs = isUnsent(e) ? CALL : call.costs();
      }
    }
  }

  /** Whether no connection was made: the host has heard nothing, and the place is still ours. */
  private static boolean isUnsent(IOException e) {
    return causes(e)
        .anyMatch(cause ->
            cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof UnresolvedAddressException
                || cause instanceof HttpConnectTimeoutException);
  }

  private static boolean isTimeout(IOException e) {
    return causes(e).anyMatch(HttpConnectTimeoutException.class::isInstance);
  }

  /** An exception, what caused it, and so on. */
  public static Stream<Throwable> causes(IOException e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }

  /** Sends something that may be sent again, at the price of one call. */
  public <T> T repeat(Attempt<T> attempt) throws IOException {
    var tries = new Tries(Repeat.FREELY);
    while (true) {
      budget.await(CALL);
      try {
        T answer = attempt.run();
        reached = true;
        return answer;
      } catch (RefusedException e) {
        tries.refused(e);
      } catch (IOException e) {
        tries.lost(e);
      }
    }
  }

  /**
   * Sends something once, at the price of one call. A flood answer makes everybody wait, and is
   * then thrown.
   */
  public <T> T once(Attempt<T> attempt) throws IOException {
    budget.await(CALL);
    return free(attempt);
  }

  /** Sends once what is no call: bytes of a download. A flood answer makes everybody wait. */
  public <T> T free(Attempt<T> attempt) throws IOException {
    try {
      return attempt.run();
    } catch (RefusedException e) {
      if (e.refusal() instanceof Refusal.Flood flood) {
        budget.flooded(flood);
      }
      throw e;
    }
  }

  /** Waits before the next of several tries. */
  public void pause(String reason, int tries) throws IOException {
    waiting.sleep(reason, backOff.after(tries));
  }

  /**
   * The same, unless that takes longer than anything is waited for.
   *
   * @param failure what the last try ended with, which is thrown then
   */
  public void pause(String reason, int tries, IOException failure) throws IOException {
    Duration wait = backOff.after(tries);
    if (wait.compareTo(waiting.longest()) > 0) {
      throw failure;
    }
    waiting.sleep(reason, wait);
  }

  /**
   * Whether an exception is about the connection, which may work later, and not about this thread,
   * a local file, or a certificate that is not trusted.
   */
  public static boolean isBroken(IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    return causes(e)
        .noneMatch(cause ->
            cause instanceof FileSystemException
                || cause instanceof ChangedFileException
                || cause instanceof CertificateException);
  }

  /**
   * Whether an exception says that the host is not reached, or not trusted: whatever else is asked
   * of it ends so, too.
   */
  public static boolean isForAll(IOException e) {
    return isUnsent(e)
        || causes(e)
            .anyMatch(cause ->
                cause instanceof NoRouteToHostException || cause instanceof CertificateException);
  }

  /** What one call has gone through. */
  private final class Tries {
    private final Repeat repeat;
    private int failed;
    private int floods;

    /** Whether an answer was lost: the host may have done what it was asked. */
    private boolean inDoubt;

    Tries(Repeat repeat) {
      this.repeat = repeat;
    }

    /** Whether a refusal says that what an earlier try, whose answer was lost, removed is gone. */
    boolean isGone(Refusal refusal) {
      return inDoubt && repeat == Repeat.UNTIL_GONE && refusal instanceof Refusal.NotFound;
    }

    /** Whether an earlier try, whose answer was lost, may be why nothing is changed. */
    boolean mayBeDone(Refusal refusal) {
      return inDoubt && repeat == Repeat.UNTIL_DONE && refusal instanceof Refusal.Unchanged;
    }

    void refused(RefusedException e) throws IOException {
      reached = true;
      switch (e.refusal()) {
        case Refusal.Flood flood when flood.said().status() != 0 -> flood(flood, e);
        case Refusal.Unavailable busy -> {
          inDoubt |= isDoubtful(busy.said());
          again(e, busy.retryAfter());
        }
        default -> throw e;
      }
    }

    /** Others wait only if they are meant. What is known of the kind, the budget knows already. */
    private void flood(Refusal.Flood flood, RefusedException e) throws IOException {
      boolean alone = flood.scope() == Refusal.Scope.KIND;
      if (!alone) {
        budget.flooded(flood);
      }
      if (++floods > FLOODS || (alone && flood.retryAfter().compareTo(waiting.longest()) > 0)) {
        throw e;
      }
      if (alone) {
        waiting.sleep("the host's limits", flood.retryAfter());
      }
    }

    void lost(IOException e) throws IOException {
      if (!isBroken(e)) {
        throw e;
      }
      boolean isUnsent = isUnsent(e);
      reached |= !isUnsent;
      inDoubt |= !isUnsent;
      if (!reached) {
        unreached(e);
        return;
      }
      again(e, Duration.ZERO);
    }

    /** A host that is too busy to do it says so; a gateway, or a page, says nothing of the host. */
    private static boolean isDoubtful(Refusal.Said said) {
      boolean isBusy = said.status() == SERVICE_UNAVAILABLE && said.isOwn();
      return !isBusy && said.status() != FORBIDDEN;
    }

    /** The system tried for long to connect where that took too long. */
    private void unreached(IOException e) throws IOException {
      boolean tried = ++failed >= FIRST_TRIES || isTimeout(e);
      if (repeat == Repeat.NEVER || tried) {
        throw e;
      }
      Duration wait = backOff.after(failed);
      waiting.told().unreached(reason(e), wait);
      waiting.timing().sleep(wait);
    }

    private void again(IOException e, Duration named) throws IOException {
      if (repeat == Repeat.NEVER || ++failed >= TRIES) {
        throw e;
      }
      Duration wait = named.isZero() ? backOff.after(failed) : named;
      if (wait.compareTo(waiting.longest()) > 0) {
        throw e;
      }
      waiting.sleep(reason(e), wait);
    }

    private static String reason(IOException e) {
      return e.getMessage() == null ? "the connection broke" : e.getMessage();
    }
  }
}
