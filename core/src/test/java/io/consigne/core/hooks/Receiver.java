package io.consigne.core.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A web server that is told things, and answers as it is scripted; 200 when the script is over. */
final class Receiver implements AutoCloseable {
  /** Hangs up instead. */
  static final int NO_ANSWER = 0;

  private final HttpServer server;
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final List<Integer> script = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** One thing that was told. */
  record Post(String path, String body, String event, String message, String signature) {
    /** What the header says of the time, in seconds. */
    long time() {
      return Long.parseLong(signature.substring(2, signature.indexOf(',')));
    }
  }

  /** Listens there; port 0 for any. */
  Receiver(String address, int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    posts.add(
        new Post(
            exchange.getRequestURI().toString(),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8),
            Objects.requireNonNull(headers.getFirst("Consigne-Event")),
            Objects.requireNonNull(headers.getFirst("Consigne-Message")),
            Objects.requireNonNull(headers.getFirst("Consigne-Signature"))));
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int status = script.isEmpty() ? 200 : script.removeFirst();
    if (status == NO_ANSWER) {
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().set("Location", "/elsewhere");
    byte[] text = "the receiver's own words".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  /** Answers so, one after the other. */
  Receiver answers(Integer... statuses) {
    script.addAll(List.of(statuses));
    return this;
  }

  /** Answers nobody until {@link #release}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  List<Post> posts() {
    return List.copyOf(posts);
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://" + server.getAddress().getHostString() + ":" + port() + "/hook?token=canary1";
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }
}
