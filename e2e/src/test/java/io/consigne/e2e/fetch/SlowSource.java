package io.consigne.e2e.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server on loopback with files of any bytes, that takes its time, and ranges. */
final class SlowSource implements AutoCloseable {
  private static final int PIECE_BYTES = 64 << 10;
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-");

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> begun = new ConcurrentHashMap<>();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final long nanosPerPiece;

  /** Serves so many bytes a second on each connection. */
  SlowSource(long bytesPerSecond) {
    this.nanosPerPiece = PIECE_BYTES * 1_000_000_000L / bytesPerSecond;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Has one more file; answers its address. */
  String add(String name, int length, long seed) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    begun.put("/" + name, new CountDownLatch(1));
    files.put("/" + name, bytes);
    return "http://127.0.0.1:" + port() + "/" + name;
  }

  byte[] bytes(String name) {
    return files.getOrDefault("/" + name, new byte[0]);
  }

  /** Waits until the first bytes of a file were sent. */
  void awaitBegun(String name) throws InterruptedException {
    if (!begun("/" + name).await(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("nobody fetches " + name);
    }
  }

  private CountDownLatch begun(String path) {
    return Objects.requireNonNull(begun.get(path), path);
  }

  /** How many answers have begun and not ended. */
  int sending() {
    return sending.get();
  }

  /** How many answers began in the middle of a file. */
  int resumed() {
    return resumed.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = files.get(exchange.getRequestURI().getPath());
      if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String tag = "\"" + Integer.toHexString(Arrays.hashCode(bytes)) + "\"";
      int from = from(exchange, tag);
      exchange.getResponseHeaders().add("ETag", tag);
      exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
      if (from > 0) {
        resumed.incrementAndGet();
        exchange
            .getResponseHeaders()
            .add("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
      }
      int rest = bytes.length - from;
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest == 0 ? -1 : rest);
      sending.incrementAndGet();
      try {
        send(exchange.getResponseBody(), bytes, from, begun(exchange.getRequestURI().getPath()));
      } finally {
        sending.decrementAndGet();
      }
    }
  }

  private static int from(HttpExchange exchange, String tag) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String known = exchange.getRequestHeaders().getFirst("If-Range");
    if (range == null || (known != null && !known.equals(tag))) {
      return 0;
    }
    Matcher matcher = RANGE.matcher(range);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private void send(OutputStream out, byte[] bytes, int from, CountDownLatch first)
      throws IOException {
    long due = System.nanoTime();
    for (int at = from; at < bytes.length; at += PIECE_BYTES) {
      out.write(bytes, at, Math.min(PIECE_BYTES, bytes.length - at));
      first.countDown();
      due += nanosPerPiece;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
