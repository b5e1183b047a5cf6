package io.consigne.cli.doctor;

import io.consigne.cli.talk.Amount;
import io.consigne.client.model.FloodState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** The way to a host: connection, clocks, and whether it was asked too often. */
final class WayFindings {
  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration SKEW = Duration.ofMinutes(2);
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int HTTPS = 443;

  private WayFindings() {}

  /** The connection: a handshake, and no request. */
  static Finding tls(URI url, SSLContext trust, Instant now) {
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      return Finding.ok("tls", "none, on this machine alone");
    }
    int port = url.getPort() < 0 ? HTTPS : url.getPort();
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(url.getHost(), port), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      SSLSession session = handshake(trust, plain, url.getHost(), port);
      var certificate = (X509Certificate) session.getPeerCertificates()[0];
      Instant ends = certificate.getNotAfter().toInstant();
      String text =
          "%s, certificate until %s UTC".formatted(session.getProtocol(), Amount.moment(ends));
      return ends.isBefore(now.plus(SOON))
          ? Finding.warn("tls", text, "who runs the host must renew it")
          : Finding.ok("tls", text);
    } catch (SSLException e) {
      return Finding.fail(
          "tls",
          "no trusted connection: " + e.getMessage(),
          "for a private authority there is --cacert");
    } catch (IOException e) {
      return Finding.fail(
          "tls", "no connection to %s:%d".formatted(url.getHost(), port), "is there a network?");
    }
  }

  private static SSLSession handshake(SSLContext trust, Socket plain, String host, int port)
      throws IOException {
    try (var socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getSession();
    }
  }

  /** Whether this machine's clock is right, by that of the host. */
  static Finding clock(Duration ahead) {
    String text =
        "%d s %s the host's"
            .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    return ahead.abs().compareTo(SKEW) > 0
        ? Finding.warn("clock", text, "set this machine's clock: times decide what sync sends")
        : Finding.ok("clock", text);
  }

  /** Whether the host has locked this machine out. */
  static Finding flood(FloodState flood) {
    if (flood.lockedFor().isPositive()) {
      return Finding.fail(
          "flood",
          "locked for " + Amount.time(flood.lockedFor()),
          "all programs with this key must keep still, others than consigne, too");
    }
    return flood.level() > 0
        ? Finding.warn(
            "flood",
            "%d lately, calls are slower now".formatted(flood.level()),
            "is another program at it?")
        : Finding.ok("flood", "none lately");
  }
}
