package io.consigne.core.remote.source;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * How much a source may ask of the host.
 *
 * @param ports where sources are asked
 * @param addresses how the address of a source is found
 * @param waits how long a source is waited for
 * @param talk how much a source may say besides the file
 * @param maxBytes how long a file may be, whatever else allows more
 * @param sureAfter how old a date must be at least to tell one state of a file from another: one
 *     that may have been given twice within a second tells nothing (RFC 9110, 8.8.2.2)
 */
public record FetchLimits(
    Ports ports, Addresses addresses, Waits waits, Talk talk, long maxBytes, Duration sureAfter) {
  /** What holds unless the operator says otherwise. */
  public static final FetchLimits DEFAULT =
      new FetchLimits(
          new Ports(Set.of(21, 80, 443, 990, 8000, 8080, 8443), Set.of(990)),
          new Addresses(64, Duration.ofSeconds(10), 4, Duration.ofSeconds(10)),
          new Waits(
              Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60), 16 * 1024),
          new Talk(5, 16 * 1024, 200, 64 * 1024, 64 * 1024),
          1_000_000_000_000L,
          Duration.ofSeconds(1));

  /** These limits, with other ports in place of the usual ones. */
  public FetchLimits with(Set<Integer> others) {
    return with(new Ports(others, ports.implicit()));
  }

  /** These limits, with more ports at which {@code ftps} is TLS from the first byte. */
  public FetchLimits withImplicit(Set<Integer> more) {
    return with(new Ports(union(ports.all(), more), union(ports.implicit(), more)));
  }

  private FetchLimits with(Ports others) {
    return new FetchLimits(others, addresses, waits, talk, maxBytes, sureAfter);
  }

  private static Set<Integer> union(Set<Integer> some, Set<Integer> more) {
    var all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  /**
   * Where sources are asked.
   *
   * @param all ports at which sources are asked
   * @param implicit ports at which {@code ftps} is TLS from the first byte
   */
  public record Ports(Set<Integer> all, Set<Integer> implicit) {
    /** Copies the ports. */
    public Ports {
      all = Set.copyOf(all);
      implicit = Set.copyOf(implicit);
    }
  }

  /**
   * How the address of a source is found.
   *
   * @param lookups how many names are looked up at once
   * @param lookup how long the name system may take
   * @param tried how many addresses of a name are tried
   * @param interfaces how long it is remembered in which networks the host is itself
   */
  public record Addresses(int lookups, Duration lookup, int tried, Duration interfaces) {}

  /**
   * How long a source is waited for.
   *
   * @param connect how long one address may take to answer at all
   * @param answer how long a source may take until it sends the file, or sends elsewhere
   * @param stall within what time of waiting a source has to send {@code stallBytes}
   * @param stallBytes so many bytes of the file
   */
  public record Waits(Duration connect, Duration answer, Duration stall, int stallBytes) {}

  /**
   * How much a source may say besides the file.
   *
   * @param redirects how often a source may send elsewhere
   * @param lineBytes how long a line of an answer may be
   * @param headers how many headers an answer may have
   * @param ftpBytes how much an FTP server may say in all
   * @param linkBytes how long an answer about a link may be
   */
  public record Talk(int redirects, int lineBytes, int headers, int ftpBytes, int linkBytes) {}
}
