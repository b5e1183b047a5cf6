package io.consigne.e2e.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
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

/**
 * A web server on loopback with files of any bytes, that takes its time, and ranges. The files are
 * pieces of the same random bytes, which all together fit into memory.
 */
final class SlowSource implements AutoCloseable {
  private static final int PIECE_BYTES = 64 << 10;

  /** At how many places of the bytes files begin. */
  private static final int STARTS = 10_000_000;

  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-");

  private final byte[] bytes;
  private final Map<String, Content> files = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> begun = new ConcurrentHashMap<>();
  private final AtomicInteger sending = new AtomicInteger();
  private final Map<String, AtomicInteger> resumed = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final long nanosPerPiece;

  /**
   * Serves so many bytes a second on each connection.
   *
   * @param longest how many bytes a file has at most
   */
  SlowSource(long bytesPerSecond, int longest, long seed) {
    this.bytes = new byte[longest + STARTS];
    new Random(seed).nextBytes(bytes);
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
    begun.put("/" + name, new CountDownLatch(1));
    files.put("/" + name, new Content(new Random(seed).nextInt(STARTS), length));
    return "http://127.0.0.1:" + port() + "/" + name;
  }

  int length(String name) {
    return content(name).length();
  }

  /** Whether these are the bytes of a file. */
  boolean isWhole(String name, byte[] got) {
    Content file = content(name);
    return Arrays.equals(got, 0, got.length, bytes, file.start(), file.start() + file.length());
  }

  private Content content(String name) {
    return Objects.requireNonNull(files.get("/" + name), name);
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

  /** How many answers began in the middle of a file, in all. */
  int resumed() {
    return resumed.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /** How many answers began in the middle of this file. */
  int resumed(String name) {
    AtomicInteger times = resumed.get("/" + name);
    return times == null ? 0 : times.get();
  }

  /** Sends no more than the first half of a file until {@link #release}. */
  void hold(String name) {
    held.put("/" + name, new CountDownLatch(1));
  }

  void release(String name) {
    Objects.requireNonNull(held.remove("/" + name), name).countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Content file = files.get(exchange.getRequestURI().getPath());
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String tag = "\"" + file.start() + "-" + file.length() + "\"";
      int from = from(exchange, tag);
      exchange.getResponseHeaders().add("ETag", tag);
      exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
      if (from > 0) {
        resumed
            .computeIfAbsent(exchange.getRequestURI().getPath(), path -> new AtomicInteger())
            .incrementAndGet();
        exchange
            .getResponseHeaders()
            .add(
                "Content-Range", "bytes " + from + "-" + (file.length() - 1) + "/" + file.length());
      }
      int rest = file.length() - from;
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest == 0 ? -1 : rest);
      sending.incrementAndGet();
      try {
        send(exchange.getResponseBody(), file, from, exchange.getRequestURI().getPath());
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

  private void send(OutputStream out, Content file, int from, String path) throws IOException {
    CountDownLatch first = begun(path);
    long due = System.nanoTime();
    for (int at = from; at < file.length(); at += PIECE_BYTES) {
      if (at >= file.length() / 2) {
        awaitRelease(path);
      }
      out.write(bytes, file.start() + at, Math.min(PIECE_BYTES, file.length() - at));
      first.countDown();
      due += nanosPerPiece;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private void awaitRelease(String path) throws IOException {
    CountDownLatch gate = held.get(path);
    try {
      if (gate != null) {
        gate.await();
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the source is closed");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Which of the bytes a file is. */
  private record Content(int start, int length) {}
}
