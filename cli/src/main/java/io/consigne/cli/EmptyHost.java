package io.consigne.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request with an empty folder, so that a rehearsal goes through all of a client. It
 * listens on loopback only, and knows nothing.
 */
final class EmptyHost implements AutoCloseable {
  private static final String ANSWER =
      "{\"status\":\"OK\",\"folder_id\":0,\"sub_folders\":[],\"items\":[]}";

  private final ServerSocket listener;

  private EmptyHost(ServerSocket listener) {
    this.listener = listener;
  }

  static EmptyHost start() throws IOException {
    var host = new EmptyHost(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().start(host::serve);
    return host;
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        answer(client);
      } catch (IOException _) {
        // The client has what it wanted, or the rehearsal is over.
      }
    }
  }

  private static void answer(Socket client) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    long length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Long.parseLong(line.substring(15).strip());
      }
    }
    in.skip(length);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + "Content-Length: %d\r\n\r\n".formatted(ANSWER.length());
    client.getOutputStream().write((head + ANSWER).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
