package io.consigne.client;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.Capabilities;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RemoteSources;
import io.consigne.client.model.RemoteUpload;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.RemoteCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Has the host fetch files from elsewhere, without the line of whoever asks.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=remote}
 */
public final class RemoteUploads {
  /** How many sources one request may name. */
  public static final int SOURCES = 500;

  private static final Duration POLLED_EVERY = Duration.ofSeconds(2);
  private static final Duration POLLED_AT_LEAST_EVERY = Duration.ofSeconds(30);

  private final Policy policy;
  private final Offer offer;
  private final Waiting waiting;

  RemoteUploads(Policy policy, Offer offer, Waiting waiting) {
    this.policy = policy;
    this.offer = offer;
    this.waiting = waiting;
  }

  /**
   * Has sources fetched into a folder. It is not asked again if the answer is lost: look at {@link
   * #list} then. By {@code remote/request.cgi}.
   *
   * @param sources http, https, ftp or ftps addresses, up to {@link #SOURCES}
   * @param folder where the files go
   * @param headers sent to each of them, such as cookies; the host stores them encrypted and shows
   *     them to nobody
   * @return the request, with its number
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public RemoteUpload add(List<String> sources, FolderId folder, Map<String, String> headers)
      throws IOException {
    return add(new RemoteSources(sources, headers, Map.of()), folder).request();
  }

  /**
   * The same, with keys of places whose links are among the sources. A Consigne host that refuses
   * one of several sources says so, and goes for the others. By {@code remote/request.cgi}.
   *
   * @param sources up to {@link #SOURCES} addresses, with headers and keys
   * @param folder where the files go
   * @return the request, and which of its sources were refused
   * @throws IOException if the host refuses all of it or cannot be reached, as {@link Client} says
   */
  public RemoteUpload.Made add(RemoteSources sources, FolderId folder) throws IOException {
    int count = sources.urls().size();
    if (count == 0 || count > SOURCES) {
      throw new IllegalArgumentException("1 to " + SOURCES + " sources: " + count);
    }
    return policy.run(RemoteCalls.request(sources, folder));
  }

  /**
   * {@return all requests that the host remembers, newest first} By {@code remote/ls.cgi}.
   *
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public List<RemoteUpload> list() throws IOException {
    return policy.run(RemoteCalls.list());
  }

  /**
   * {@return a request and what became of each of its sources} By {@code remote/info.cgi}.
   *
   * @param id number of the request
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public RemoteUpload.Details get(long id) throws IOException {
    return policy.run(RemoteCalls.info(id));
  }

  /**
   * Cancels what has not ended, and answers how many fetches that were; Consigne only. By {@code
   * remote/cancel.cgi}.
   *
   * @param id number of the request
   * @return how many were cancelled
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says; {@link
   *     Refusal.NotOffered}, before it is asked, if it does not offer that
   */
  public long cancel(long id) throws IOException {
    offer.require(
        Capabilities::remoteProgress, "this host cancels nothing that it was asked to fetch");
    return policy.run(RemoteCalls.cancel(id));
  }

  /**
   * Asks again for what failed or was cancelled, and answers how many fetches that were; Consigne
   * only. By {@code remote/retry.cgi}.
   *
   * @param id number of the request
   * @return how many are tried again
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says; {@link
   *     Refusal.NotOffered}, before it is asked, if it does not offer that
   */
  public long retry(long id) throws IOException {
    offer.require(Capabilities::remoteProgress, "this host tries no fetch again that has failed");
    return policy.run(RemoteCalls.retry(id));
  }

  /**
   * Waits until every fetch of a request has ended. A host that tells how far they are is asked
   * every two seconds, others less and less often, down to once in half a minute.
   *
   * @param id number of the request
   * @param seen is shown each answer
   * @return the last answer
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says; an
   *     interrupt ends the wait, not the fetch
   */
  public RemoteUpload.Details await(long id, Consumer<RemoteUpload.Details> seen)
      throws IOException {
    boolean tellsProgress = offer.get().remoteProgress();
    Duration pause = POLLED_EVERY;
    while (true) {
      RemoteUpload.Details details = get(id);
      seen.accept(details);
      if (details.request().ended().isPresent()) {
        return details;
      }
      waiting.timing().sleep(pause);
      pause = tellsProgress ? POLLED_EVERY : longer(pause);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(POLLED_AT_LEAST_EVERY) < 0 ? twice : POLLED_AT_LEAST_EVERY;
  }
}
