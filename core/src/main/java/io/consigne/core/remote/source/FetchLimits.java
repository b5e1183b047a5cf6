package io.consigne.core.remote.source;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * How much a source may ask of the host.
 *
 * @param ports at which sources are asked
 * @param implicitPorts at which {@code ftps} is TLS from the first byte
 * @param redirects how often a source may send elsewhere
 * @param addresses how many addresses of a name are tried
 * @param lookup how long the name system may take
 * @param connect how long one address may take to answer at all
 * @param answer how long a source may take until it sends the file, or sends elsewhere
 * @param stall within what time of waiting a source has to send {@code stallBytes}
 * @param stallBytes so many bytes of the file
 * @param maxBytes how long a file may be, whatever else allows more
 * @param lineBytes how long a line of an answer may be
 * @param headers how many headers an answer may have
 * @param talkBytes how much an FTP server may say in all, besides the file
 * @param linkBytes how long an answer about a link may be
 * @param sureAfter how old a date must be at least to tell one state of a file from another: one
 *     that may have been given twice within a second tells nothing (RFC 9110, 8.8.2.2)
 * @param lookups how many names are looked up at once
 */
public record FetchLimits(
    Set<Integer> ports,
    Set<Integer> implicitPorts,
    int redirects,
    int addresses,
    Duration lookup,
    Duration connect,
    Duration answer,
    Duration stall,
    int stallBytes,
    long maxBytes,
    int lineBytes,
    int headers,
    int talkBytes,
    int linkBytes,
    Duration sureAfter,
    int lookups) {
  /** What holds unless the operator says otherwise. */
  public static final FetchLimits DEFAULT =
      new FetchLimits(
          Set.of(21, 80, 443, 990, 8000, 8080, 8443),
          Set.of(990),
          5,
          4,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          16 * 1024,
          1_000_000_000_000L,
          16 * 1024,
          200,
          64 * 1024,
          64 * 1024,
          Duration.ofSeconds(1),
          16);

  /** The same with other ports. */
  public FetchLimits with(Set<Integer> others) {
    return with(others, implicitPorts);
  }

  /** The same, with more ports at which {@code ftps} is TLS from the first byte. */
  public FetchLimits withImplicit(Set<Integer> more) {
    return with(union(ports, more), union(implicitPorts, more));
  }

  private FetchLimits with(Set<Integer> all, Set<Integer> implicit) {
    return new FetchLimits(
        all,
        implicit,
        redirects,
        addresses,
        lookup,
        connect,
        answer,
        stall,
        stallBytes,
        maxBytes,
        lineBytes,
        headers,
        talkBytes,
        linkBytes,
        sureAfter,
        lookups);
  }

  private static Set<Integer> union(Set<Integer> some, Set<Integer> more) {
    var all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  /** Copies the ports. */
  public FetchLimits {
    ports = Set.copyOf(ports);
    implicitPorts = Set.copyOf(implicitPorts);
  }
}
