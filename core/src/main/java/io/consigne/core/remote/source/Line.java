package io.consigne.core.remote.source;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * All connections of one fetch. Closing it, from whatever thread, ends them at once and lets no new
 * one begin.
 */
final class Line implements AutoCloseable {
  /** Data connections of FTP go to ports that the server chose just now. */
  private static final int FIRST_FREE_PORT = 1024;

  private final FetchPolicy policy;
  private final Lookups.Asker names;
  private final SSLSocketFactory tls;
  private final Patience patience;
  private final List<GuardedSocket> sockets = new ArrayList<>();
  private boolean closed;

  Line(FetchPolicy policy, Lookups.Asker names, SSLSocketFactory tls) {
    this.policy = policy;
    this.names = names;
    this.tls = tls;
    this.patience = new Patience(policy.limits().waits(), System::nanoTime);
  }

  FetchLimits limits() {
    return policy.limits();
  }

  Patience patience() {
    return patience;
  }

  /**
   * Connects to the host of an address, by one look-up; each of its addresses is checked by the
   * socket itself.
   *
   * @param maxBytes how much may be read from it
   */
  Socket connect(SourceUrl url, long maxBytes) throws SourceException {
    policy.check(url);
    List<InetAddress> addresses = names.addresses(url);
    patience.answer();
    SourceException refusal = FetchPolicy.forbidden(url);
    for (InetAddress address :
        addresses.subList(0, Math.min(addresses.size(), limits().addresses().tried()))) {
      GuardedSocket socket = socket(at -> checkHost(url, at), maxBytes);
      try {
        socket.connect(new InetSocketAddress(address, url.port()), connectMillis());
        return socket;
      } catch (IOException e) {
        refusal = failure(url, e);
        drop(socket);
      }
    }
    throw refusal;
  }

  private void checkHost(SourceUrl url, InetSocketAddress at) throws SourceException {
    if (!policy.allows(at.getAddress())) {
      throw FetchPolicy.forbidden(url);
    }
  }

  /** A socket that connects to the peer of another only, to a port that needs no privilege. */
  Socket besides(Socket control) throws SourceException {
    InetAddress peer = control.getInetAddress();
    GuardedSocket socket = socket(at -> checkData(peer, at), Long.MAX_VALUE);
    socket.shareSession(control);
    return socket;
  }

  private void checkData(InetAddress peer, InetSocketAddress at) throws SourceException {
    if (!at.getAddress().equals(peer) || at.getPort() < FIRST_FREE_PORT || !policy.allows(peer)) {
      throw new SourceException(
          Reason.FORBIDDEN, "The source wants its file fetched from another place");
    }
  }

  /** Speaks TLS over a connection, with the host that the address names and no other. */
  SSLSocket secure(Socket socket, SourceUrl url) throws IOException {
    var secure = (SSLSocket) tls.createSocket(socket, url.host(), url.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  int connectMillis() {
    return (int) limits().waits().connect().toMillis();
  }

  /** What a fault before the file means. */
  SourceException failure(SourceUrl url, Exception fault) {
    return isClosed() ? Trouble.stopped() : Trouble.beforeFile(url.place(), fault);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  private synchronized GuardedSocket socket(GuardedSocket.Rule rule, long maxBytes)
      throws SourceException {
    if (closed) {
      throw Trouble.stopped();
    }
    var socket = new GuardedSocket(rule, patience, maxBytes);
    sockets.add(socket);
    return socket;
  }

  /** Whether bytes have come over the newest connection that were not read yet. */
  synchronized boolean isReady() {
    try {
      return !sockets.isEmpty() && sockets.getLast().getInputStream().available() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Whether the end of the newest connection came below TLS, which did not say goodbye: Java takes
   * it for the same, but anybody between may have cut it off.
   */
  synchronized boolean isCutOff() {
    return !sockets.isEmpty() && sockets.getLast().isOver();
  }

  /**
   * Refuses as broken what ended below TLS without a goodbye, where nothing but the end of the
   * connection tells the end of the file (RFC 9112, section 9.8; RFC 4217, section 12.7.1).
   */
  void requireGoodbye(SourceUrl url, FileBody.Extent extent) throws SourceException {
    if (extent.length().isEmpty() && url.scheme().isSecure() && isCutOff()) {
      throw new SourceException(
          SourceException.Reason.BROKEN,
          "The connection was cut off, and no length tells whether all came");
    }
  }

  /** Ends all connections of now; new ones may follow. */
  synchronized void hangUp() {
    sockets.forEach(Line::closeQuietly);
    sockets.clear();
  }

  private synchronized void drop(Socket socket) {
    sockets.remove(socket);
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone all the same.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    hangUp();
  }
}
