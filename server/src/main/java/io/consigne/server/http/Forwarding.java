package io.consigne.server.http;

import java.net.InetAddress;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the names and addresses of requests are found out. Headers that a proxy adds count only if
 * the connection comes from a trusted proxy; from anybody else they are ignored.
 *
 * @param publicUrl if set, the origin of everything, whatever requests say
 * @param trustedProxy whether a proxy at this address may speak for others
 */
public record Forwarding(@Nullable Origin publicUrl, Predicate<InetAddress> trustedProxy) {
  /** The headers of a request; all values of a name, in their order. */
  @FunctionalInterface
  interface Headers {
    Enumeration<String> values(String name);
  }

  /** No public URL, no proxy. */
  public static Forwarding none() {
    return new Forwarding(null, address -> false);
  }

  /**
   * The public URL; or what the nearest trusted proxy says in {@code X-Forwarded-Proto} and {@code
   * X-Forwarded-Host}, or in {@code Forwarded} (RFC 7239); or the connection and {@code Host}.
   *
   * @param direct scheme and host as the connection and {@code Host} have them
   * @throws IllegalArgumentException if a host is not one
   */
  Origin originOf(InetAddress peer, Direct direct, Headers headers) {
    return publicUrl == null ? saidOf(peer, direct, headers) : publicUrl;
  }

  /**
   * The hosts under which who asks knows this one, as origins have them: the public URL's, the one
   * that proxies say, and the one that the connection says.
   *
   * @param origin of the request
   */
  Set<String> hostsOf(Origin origin, InetAddress peer, Direct direct, Headers headers) {
    if (publicUrl == null && !trustedProxy.test(peer)) {
      return Set.of(origin.host());
    }
    var hosts = new LinkedHashSet<String>();
    hosts.add(origin.host());
    for (Supplier<Origin> form :
        List.<Supplier<Origin>>of(
            () -> saidOf(peer, direct, headers),
            () -> new Origin(direct.scheme(), direct.host()))) {
      try {
        hosts.add(form.get().host());
      } catch (IllegalArgumentException _) {
        // What is no host names none.
      }
    }
    return hosts;
  }

  /**
   * Where the host's own pages are for who asks: at the public URL, and at the name by which it is
   * asked, such as that of the machine in its own network.
   *
   * @param origin of the request
   */
  Set<Origin> ownPages(Origin origin, InetAddress peer, Direct direct, Headers headers) {
    try {
      Origin said = saidOf(peer, direct, headers);
      return said.equals(origin) ? Set.of(origin) : Set.of(origin, said);
    } catch (IllegalArgumentException _) {
      return Set.of(origin); // what is no host has no pages
    }
  }

  private Origin saidOf(InetAddress peer, Direct direct, Headers headers) {
    if (!trustedProxy.test(peer)) {
      return new Origin(direct.scheme(), direct.host());
    }
    String scheme = lastOf(headers, "X-Forwarded-Proto", "proto");
    String host = lastOf(headers, "X-Forwarded-Host", "host");
    return new Origin(
        scheme == null ? direct.scheme() : scheme.toLowerCase(Locale.ROOT),
        host == null ? direct.host() : host);
  }

  /**
   * Who really asks: the rightmost address of {@code X-Forwarded-For} that is not itself a trusted
   * proxy's, if the peer is one; else the peer. An entry that is no address ends the search at the
   * proxy that passed it on.
   */
  InetAddress clientOf(InetAddress peer, Headers headers) {
    InetAddress client = peer;
    if (!trustedProxy.test(peer)) {
      return client;
    }
    String[] chain = joined(headers, "X-Forwarded-For").split(",", -1);
    for (int i = chain.length - 1; i >= 0; i--) {
      InetAddress hop = ForwardedText.address(chain[i].strip());
      if (hop == null) {
        return client;
      }
      client = hop;
      if (!trustedProxy.test(hop)) {
        return client;
      }
    }
    return client;
  }

  private static @Nullable String lastOf(Headers headers, String name, String parameter) {
    String all = joined(headers, name);
    if (!all.isBlank()) {
      return all.substring(all.lastIndexOf(',') + 1).strip();
    }
    return ForwardedText.lastParameter(joined(headers, "Forwarded"), parameter);
  }

  private static String joined(Headers headers, String name) {
    StringBuilder all = new StringBuilder();
    for (var values = headers.values(name); values.hasMoreElements(); ) {
      all.append(all.isEmpty() ? "" : ",").append(values.nextElement());
    }
    return all.toString();
  }

  /** Scheme and host without a look at what proxies say. */
  record Direct(String scheme, String host) {}
}
