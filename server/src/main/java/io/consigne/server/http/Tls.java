package io.consigne.server.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private key and the certificates that speak for it: the server's own first, then those that
 * vouch for it.
 */
public final class Tls {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
  private static final String TLS_1_3_CIPHERS =
      "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
  private static final String TLS_1_2_CIPHERS =
      String.join(
          ":",
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384",
          "ECDHE-ECDSA-CHACHA20-POLY1305",
          "ECDHE-RSA-CHACHA20-POLY1305");
  private static final String IN_MEMORY = "in memory";

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  Tls(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /**
   * Reads what another authority issued.
   *
   * @param certificateFile PEM: the server's certificate first, then those behind it
   * @param keyFile PEM, not encrypted: PKCS#8, or the older forms of RSA and EC keys
   * @throws IOException if a file cannot be read, or the two do not belong together
   */
  public static Tls pem(Path certificateFile, Path keyFile) throws IOException {
    List<X509Certificate> chain = PemFiles.certificates(certificateFile);
    PrivateKey key = PemFiles.privateKey(keyFile);
    if (!PemFiles.belongTogether(key, chain.getFirst().getPublicKey())) {
      throw new IOException(
          "The key in " + keyFile + " is not that of the certificate in " + certificateFile);
    }
    return new Tls(key, chain);
  }

  /**
   * Certificates of an authority of our own that may vouch for the given names only, and whose key
   * is never stored. What the directory holds is used again while it is for these names and valid
   * for 30 more days; otherwise new ones are made, which clients have to be told to trust. One that
   * is not valid yet is used: it is the clock that is wrong.
   *
   * @param directory for {@code ca.pem}, {@code server.pem}, {@code server.key}; made if missing
   * @param names host names and addresses; {@code *.} at the start covers one level
   * @throws IllegalArgumentException if a name is not one
   * @throws IOException if the files cannot be written, or one that is there cannot be read
   */
  public static SelfSigned selfSigned(Path directory, List<String> names, InstantSource clock)
      throws IOException {
    TlsDirectory files = new TlsDirectory(directory);
    Instant now = clock.instant();
    Optional<Tls> stored = files.load(CertificateNames.of(names));
    if (stored.isPresent()
        && stored.get().end().isAfter(now.plus(HttpLimits.OWN_CERTIFICATE_LEFT))) {
      if (now.isBefore(stored.get().begin())) {
        LOG.warn(
            "By the clock it is {}, and the certificate begins at {}; it is used all the same",
            now,
            stored.get().begin());
      }
      return new SelfSigned(stored.get(), files.authorityFile());
    }
    return new SelfSigned(selfSignedAnew(directory, names, clock), files.authorityFile());
  }

  /**
   * As {@link #selfSigned}, but made in any case. What is there stays beside.
   *
   * @throws IOException if the files cannot be written
   */
  public static Tls selfSignedAnew(Path directory, List<String> names, InstantSource clock)
      throws IOException {
    Instant now = clock.instant();
    return new TlsDirectory(directory)
        .store(PrivateAuthority.issue(CertificateNames.of(names), now), now);
  }

  /**
   * The names that a self-made certificate should have: this machine's own, those of 1fichier for
   * tools that know no other host, and the host's.
   *
   * @param hosts such as the public URL's host and the address that is listened on; an address that
   *     stands for all of them is left out
   */
  public static List<String> names(List<String> hosts) {
    Set<String> names =
        new LinkedHashSet<>(
            List.of("localhost", "127.0.0.1", "::1", "1fichier.com", "*.1fichier.com"));
    for (String host : hosts) {
      if (!host.isEmpty() && !host.equals("0.0.0.0") && !host.equals("::")) {
        names.add(host);
      }
    }
    return List.copyOf(names);
  }

  /** The server's certificate. */
  X509Certificate certificate() {
    return chain.getFirst();
  }

  /** When the server's certificate begins. */
  public Instant begin() {
    return certificate().getNotBefore().toInstant();
  }

  /** When the server's certificate ends. */
  public Instant end() {
    return certificate().getNotAfter().toInstant();
  }

  /** Makes the connector speak TLS 1.3 and 1.2, with forward secrecy and authenticated ciphers. */
  void configure(Connector connector, Protocol protocol) throws IOException {
    connector.setScheme("https");
    connector.setSecure(true);
    protocol.setSSLEnabled(true);
    connector.addSslHostConfig(settings());
  }

  /** Has connections from now on use these certificates in place of others. */
  void renew(Protocol protocol) throws IOException {
    protocol.addSslHostConfig(settings(), true);
  }

  private SSLHostConfig settings() throws IOException {
    SSLHostConfig host = new SSLHostConfig();
    host.setProtocols("TLSv1.2+TLSv1.3");
    host.setCipherSuites(TLS_1_3_CIPHERS);
    host.setCiphers(TLS_1_2_CIPHERS);
    host.setHonorCipherOrder(true);
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystore(keyStore());
    certificate.setCertificateKeyPassword(IN_MEMORY);
    host.addCertificate(certificate);
    return host;
  }

  private KeyStore keyStore() throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", key, IN_MEMORY.toCharArray(), chain.toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException("The TLS key cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Self-made certificates.
   *
   * @param tls to listen with
   * @param authorityFile the certificate that clients must trust
   */
  public record SelfSigned(Tls tls, Path authorityFile) {}
}
