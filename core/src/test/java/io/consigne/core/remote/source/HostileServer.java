package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A server that says what it likes, on a loopback address that the policy of the tests allows; the
 * witness of the tests listens on another, which it does not allow.
 */
final class HostileServer implements AutoCloseable {
  /** The address of hostile servers. */
  static final String ADDRESS = "127.0.0.2";

  private final ServerSocket listener;
  private final Script script;

  /** The requests so far: for the web, the lines of each head. */
  final BlockingQueue<List<String>> heads = new LinkedBlockingQueue<>();

  /** What one connection is told. */
  @FunctionalInterface
  interface Script {
    /** May throw when the other side ends. */
    void talk(Socket socket) throws IOException;
  }

  /** What the answer to one web request is. */
  @FunctionalInterface
  interface Answer {
    /** Writes an answer to a request with these lines. */
    void to(List<String> head, OutputStream out) throws IOException;
  }

  HostileServer(String address, Script script) throws IOException {
    this(address, new ServerSocket(), script);
  }

  private HostileServer(String address, ServerSocket listener, Script script) throws IOException {
    this.script = script;
    this.listener = listener;
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    Thread.ofVirtual().start(this::listen);
  }

  /** A server whose system takes next to nothing that the server itself did not read. */
  static HostileServer ofSmallWindow(Script script) throws IOException {
    var listener = new ServerSocket();
    listener.setReceiveBufferSize(1);
    return new HostileServer(ADDRESS, listener, script);
  }

  /** A web server that answers each request so. */
  static HostileServer web(Answer answer) throws IOException {
    var self = new HostileServer[1];
    self[0] =
        new HostileServer(
            ADDRESS,
            socket -> {
              List<String> head = head(socket);
              self[0].heads.add(head);
              answer.to(head, socket.getOutputStream());
            });
    return self[0];
  }

  /** A web server that answers all requests with the same text. */
  static HostileServer web(String answer) throws IOException {
    return web((_, out) -> out.write(answer.getBytes(ISO_8859_1)));
  }

  private static List<String> head(Socket socket) throws IOException {
    var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    var lines = new ArrayList<String>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.talk(socket);
    } catch (IOException _) {
      // The client went, which is what it should do.
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** An address of this server. */
  String url(String path) {
    return "http://" + ADDRESS + ":" + port() + path;
  }

  /** How often it was asked. */
  int asked() {
    return heads.size();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
