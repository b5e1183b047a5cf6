package io.consigne.server.http;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a certificate is for.
 *
 * @param hosts names in lower case; {@code *.} at the start covers one level
 * @param addresses in their canonical form
 */
record CertificateNames(Set<String> hosts, Set<String> addresses) {
  /**
   * Sorts names from addresses.
   *
   * @throws IllegalArgumentException if one is neither
   */
  static CertificateNames of(Collection<String> names) {
    Set<String> hosts = new TreeSet<>();
    Set<String> addresses = new TreeSet<>();
    for (String name : names) {
      if (name.contains(":") || name.matches("[0-9.]+")) {
        addresses.add(InetAddress.ofLiteral(name).getHostAddress());
      } else if (name.matches("(\\*\\.)?[A-Za-z0-9_](\\.?[A-Za-z0-9_-]+)*")) {
        hosts.add(name.toLowerCase(Locale.ROOT));
      } else {
        throw new IllegalArgumentException("not a host name: " + name);
      }
    }
    return new CertificateNames(hosts, addresses);
  }

  /** What a certificate says it is for. */
  static CertificateNames in(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? of(List.of())
        : of(names.stream().map(entry -> String.valueOf(entry.get(1))).toList());
  }

  boolean containsAll(CertificateNames others) {
    return hosts.containsAll(others.hosts) && addresses.containsAll(others.addresses);
  }

  /** The domains that an issuer must be allowed to speak for, to issue for these hosts. */
  Set<String> domains() {
    Set<String> domains = new TreeSet<>();
    for (String host : hosts) {
      domains.add(host.startsWith("*.") ? host.substring(2) : host);
    }
    return domains;
  }
}
