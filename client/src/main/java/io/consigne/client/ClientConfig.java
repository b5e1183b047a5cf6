package io.consigne.client;

import io.consigne.client.budget.Timing;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Limits;
import io.consigne.client.model.LinkHosts;
import io.consigne.client.model.Waits;
import io.consigne.client.transfer.Throttle;
import io.consigne.client.transfer.ThrottledTransport;
import io.consigne.client.transfer.TransferLimits;
import io.consigne.client.transport.HttpTransport;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How a client talks to a host. Made by {@link #of}, changed by the methods that return another.
 *
 * @param url of the host's calls, as {@code https://api.1fichier.com/v1} or {@code
 *     https://files.example.org}
 * @param key of the account
 * @param limits to keep, besides those that the host announces
 * @param state where the budget lies that all processes of this machine share
 * @param waiting the clock, the longest wait that is worth it, and who is told of waits
 * @param transfers numbers of transfers
 * @param transport makes what moves requests
 */
public record ClientConfig(
    URI url,
    ApiKey key,
    Limits limits,
    Path state,
    Waiting waiting,
    TransferLimits transfers,
    Supplier<Transport> transport) {
  /** The calls of 1fichier.com. */
  public static final URI ONE_FICHIER = URI.create("https://api.1fichier.com/v1");

  private static final Duration STALL = Duration.ofMinutes(2);

  /** Refuses an address that would show the key to the network. */
  public ClientConfig {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException("no address of a host: " + url);
    }
    if (scheme.equals("http") && !isLoopback(url.getHost())) {
      throw new IllegalArgumentException("the key is sent over https only: " + url);
    }
  }

  /**
   * What is right for most: the limits of 1fichier.com there, and elsewhere what is announced.
   *
   * @param url of the host's calls, by https, or by http on this machine; for 1fichier.com {@link
   *     #ONE_FICHIER}
   * @param key of the account
   * @return a configuration with the state in {@code $XDG_STATE_HOME/consigne}, and waits of up to
   *     20 minutes
   * @throws IllegalArgumentException if the address is no host's, or would show the key to the
   *     network
   */
  public static ClientConfig of(URI url, ApiKey key) {
    return new ClientConfig(
        url,
        key,
        isOneFichier(url) ? Limits.DOCUMENTED : Limits.ANNOUNCED,
        defaultState(),
        new Waiting(Timing.SYSTEM, Duration.ofMinutes(20), Waits.UNSEEN),
        TransferLimits.DEFAULT,
        () -> new HttpTransport(null, STALL));
  }

  /**
   * With other limits.
   *
   * @param other to keep, besides what the host announces
   * @return a copy
   */
  public ClientConfig with(Limits other) {
    return new ClientConfig(url, key, other, state, waiting, transfers, transport);
  }

  /**
   * With the budget in another directory.
   *
   * @param directory that is made if it is missing; processes that use one share the limits
   * @return a copy
   */
  public ClientConfig stateIn(Path directory) {
    return new ClientConfig(url, key, limits, directory, waiting, transfers, transport);
  }

  /**
   * With other waits.
   *
   * @param other clock, longest wait, and who is told of waits
   * @return a copy
   */
  public ClientConfig with(Waiting other) {
    return new ClientConfig(url, key, limits, state, other, transfers, transport);
  }

  /**
   * With other numbers of transfers.
   *
   * @param other sizes and numbers
   * @return a copy
   */
  public ClientConfig with(TransferLimits other) {
    return new ClientConfig(url, key, limits, state, waiting, other, transport);
  }

  /**
   * With something else that moves requests; the client closes it.
   *
   * @param other makes the transport of a client
   * @return a copy
   */
  public ClientConfig over(Supplier<Transport> other) {
    return new ClientConfig(url, key, limits, state, waiting, transfers, other);
  }

  /**
   * Trusting these certificates alone, for a host of one's own; see {@link Trust}.
   *
   * @param tls certificates that are believed
   * @return a copy
   */
  public ClientConfig trusting(SSLContext tls) {
    return over(() -> new HttpTransport(tls, STALL));
  }

  /**
   * With transfers that a throttle slows down; to be called after {@link #trusting}.
   *
   * @param throttle that other clients may share
   * @return a copy
   */
  public ClientConfig through(Throttle throttle) {
    Supplier<Transport> plain = transport;
    return over(() -> new ThrottledTransport(plain.get(), throttle));
  }

  /** {@return whether it is 1fichier.com, and no host of one's own} */
  public boolean isOneFichier() {
    return isOneFichier(url);
  }

  /**
   * {@return whether an address is one of 1fichier.com}
   *
   * @param url of a host's calls
   */
  public static boolean isOneFichier(URI url) {
    return LinkHosts.isFichierApi(String.valueOf(url.getHost()).toLowerCase(Locale.ROOT));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]+){3}");
  }

  private static Path defaultState() {
    String state = System.getenv("XDG_STATE_HOME");
    Path base =
        state == null || state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return base.resolve("consigne");
  }
}
