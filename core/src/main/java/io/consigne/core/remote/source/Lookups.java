package io.consigne.core.remote.source;

import io.consigne.core.remote.source.SourceException.Reason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the name system, on platform threads of its own: the system's resolver holds the thread that
 * asks, and many virtual threads share a few.
 */
final class Lookups implements AutoCloseable {
  private final Names names;
  private final Duration limit;
  private final ExecutorService threads;

  Lookups(Names names, FetchLimits.Addresses limits) {
    this.names = names;
    this.limit = limits.lookup();
    this.threads =
        Executors.newFixedThreadPool(
            limits.lookups(), Thread.ofPlatform().daemon().name("names-", 1).factory());
  }

  /**
   * The addresses of a host.
   *
   * @throws SourceException {@code UNKNOWN_HOST}, also if the answer takes too long
   */
  List<InetAddress> addresses(SourceUrl url) throws SourceException {
    if (url.literal().isPresent()) {
      return List.of(url.literal().get());
    }
    Future<InetAddress[]> answer = threads.submit(() -> names.lookup(url.host()));
    try {
      return List.of(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException _) {
      throw FetchPolicy.unknown(url);
    } catch (TimeoutException _) {
      throw new SourceException(
          Reason.UNKNOWN_HOST, "The name system says nothing about " + url.place());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Trouble.stopped();
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
