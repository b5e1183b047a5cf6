package io.consigne.cli.relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * Carries bytes between two sockets. The end of one direction is passed on and leaves the other
 * direction open; an error in either ends both.
 *
 * @param fromClient what the client sends, of which some may have been read already
 */
record Tunnel(Socket client, InputStream fromClient, Socket host) {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Returns when both directions have ended. */
  void run() {
    Thread back = Thread.ofVirtual().name("relay-back").start(this::carryBack);
    try {
      carry(fromClient, host);
      back.join();
    } catch (IOException | InterruptedException _) {
      cut();
    }
  }

  private void carryBack() {
    try {
      carry(host.getInputStream(), client);
    } catch (IOException _) {
      cut();
    }
  }

  private static void carry(InputStream from, Socket to) throws IOException {
    var out = to.getOutputStream();
    var buffer = new byte[BUFFER_BYTES];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      out.write(buffer, 0, count);
    }
    to.shutdownOutput();
  }

  private void cut() {
    try (client;
        host) {
      // Closing them wakes whoever reads or writes.
    } catch (IOException _) {
      // A socket that cannot be closed is gone.
    }
  }
}
