package io.consigne.core.remote.source;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.commons.net.MalformedServerReplyException;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** What faults of the network and of the protocols mean to an owner. */
final class Trouble {
  private static final int DEEPEST_CAUSE = 20;
  private static final String HUNG_UP = " closed the connection without an answer";

  private Trouble() {}

  /** What went wrong before a source said that it sends the file. */
  static SourceException beforeFile(String host, Exception fault) {
    SourceException known = known(fault);
    if (known != null) {
      return known;
    }
    return switch (fault) {
      case SSLException tls -> insecure(host, tls);
      case SocketTimeoutException _ -> unreachable(host, " does not answer");
      case NoHttpResponseException _, ConnectionClosedException _, FTPConnectionClosedException _ ->
          unreachable(host, HUNG_UP);
      case SocketException _ -> unreachable(host, " cannot be reached");
      case MalformedServerReplyException _, HttpException _ -> nonsense(host);
      default -> nonsense(host);
    };
  }

  /** What went wrong while the file came. */
  static SourceException inFile(IOException fault) {
    SourceException known = known(fault);
    return known != null
        ? known
        : new SourceException(Reason.BROKEN, "The connection to the source broke");
  }

  static SourceException stopped() {
    return new SourceException(Reason.STOPPED, "The fetch was stopped");
  }

  static SourceException nonsense(String host) {
    return new SourceException(Reason.NONSENSE, "The answer of " + host + " cannot be understood");
  }

  /**
   * Java reports whatever ends a handshake as a fault of it, also that the source was restarted.
   */
  private static SourceException insecure(String host, SSLException fault) {
    if (comesOf(
        fault,
        CertificateException.class,
        CertPathValidatorException.class,
        SSLPeerUnverifiedException.class)) {
      return untrusted(host, "its certificate is not good");
    }
    if (comesOf(fault, EOFException.class)) {
      return unreachable(host, HUNG_UP);
    }
    if (comesOf(fault, SocketException.class)) {
      return unreachable(host, " cannot be reached");
    }
    return untrusted(host, "it speaks another TLS");
  }

  private static boolean comesOf(Throwable fault, Class<?>... kinds) {
    Throwable at = fault;
    for (int depth = 0; at != null && depth < DEEPEST_CAUSE; depth++) {
      Throwable cause = at;
      if (Arrays.stream(kinds).anyMatch(kind -> kind.isInstance(cause))) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private static SourceException untrusted(String host, String why) {
    return new SourceException(
        Reason.UNTRUSTED, "No secure connection to " + host + " can be made: " + why);
  }

  private static SourceException unreachable(String host, String how) {
    return new SourceException(Reason.UNREACHABLE, host + how);
  }

  /** What we said ourselves, below what others made of it. */
  private static @Nullable SourceException known(Throwable fault) {
    if (Thread.currentThread().isInterrupted()) {
      return stopped();
    }
    Throwable at = fault;
    for (int depth = 0; at != null && depth < DEEPEST_CAUSE; depth++) {
      if (at instanceof SourceException ours) {
        return ours;
      }
      at = at.getCause();
    }
    return null;
  }
}
