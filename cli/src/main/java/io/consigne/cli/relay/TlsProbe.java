package io.consigne.cli.relay;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Looks how a host answers TLS, before programs meet it: their words for it tell little. */
final class TlsProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private TlsProbe() {}

  /** Whether somebody listens there who speaks something else, as a host without TLS does. */
  static boolean isPlain(HostPort target) {
    try (var socket = new Socket()) {
      socket.connect(target.resolve(), (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      greet(socket, target);
      return false;
    } catch (SSLException e) {
      return String.valueOf(e.getMessage()).contains("unrecognized SSL message");
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether its certificate is trusted is another matter. */
  private static void greet(Socket socket, HostPort target) throws IOException {
    var sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (var tls = (SSLSocket) sockets.createSocket(socket, target.host(), target.port(), false)) {
      tls.startHandshake();
    }
  }
}
