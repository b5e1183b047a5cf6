package io.consigne.client.standin;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A host that behaves like 1fichier.com at its worst. It really keeps what it takes, counts what
 * breaks its limits, and asks a script before each request what shall go wrong.
 */
public final class StandIn implements AutoCloseable {
  private static final int PORT = 18200;
  private static final int PORTS = 20;
  private static final List<String> KEYLESS = List.of("/p", "/check", "/dir/");

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final StandInFiles files;
  private final StandInFetches fetches;
  private final Answering answering;
  private final LimitWatch watch;
  private final Function<String, Fault> script;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<Announced> announced = new CopyOnWriteArrayList<>();
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private final AtomicInteger downloads = new AtomicInteger();
  private final AtomicInteger mostDownloads = new AtomicInteger();

  /**
   * Starts on loopback, with a store of its own.
   *
   * @param script what goes wrong with the next request of a path
   */
  public StandIn(Timing timing, Function<String, Fault> script) throws IOException {
    this.socket = open();
    this.files = new StandInFiles(timing);
    this.fetches = new StandInFetches(timing, files);
    this.answering = new StandInApi(files, fetches, "127.0.0.1:" + socket.getLocalPort());
    this.watch = new LimitWatch(timing);
    this.script = script;
    threads.execute(this::accept);
  }

  /**
   * Starts on loopback, in front of a real host.
   *
   * @param real given the public address of that host, starts it
   */
  public StandIn(Timing timing, Function<String, Fault> script, Real real) throws IOException {
    this.socket = open();
    this.files = new StandInFiles(timing);
    this.fetches = new StandInFetches(timing, files);
    this.answering = real.start(url());
    this.watch = new LimitWatch(timing);
    this.script = script;
    threads.execute(this::accept);
  }

  /** Starts what really answers. */
  @FunctionalInterface
  public interface Real {
    /** Starts it; it hands out addresses that begin with {@code publicUrl}. */
    Answering start(URI publicUrl) throws IOException;
  }

  private static ServerSocket open() throws IOException {
    for (int port = PORT; port < PORT + PORTS - 1; port++) {
      try {
        return new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        // taken
      }
    }
    return new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  }

  /** Where its calls are. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** What it keeps. */
  public StandInFiles files() {
    return files;
  }

  /** What it was asked to fetch. */
  public StandInFetches fetches() {
    return fetches;
  }

  /** Whether its limits were kept. */
  public LimitWatch watch() {
    return watch;
  }

  /** The paths of all requests that it could read, in order. */
  public List<String> seen() {
    return seen;
  }

  /** The requests that carried a key though they should not, and faults of the stand-in itself. */
  public List<Throwable> failures() {
    return failures;
  }

  /** How many requests there were for a path. */
  public long seen(String path) {
    return seen.stream().filter(path::equals).count();
  }

  /** From now on requests for a path are refused with 403, as 1fichier.com does, and so. */
  public void refuse(String path, String words) {
    refused.put(path, words);
  }

  /** From now on this limit holds, too, and answers tell how it stands. */
  public void announce(Announced limit) {
    announced.add(limit);
  }

  /** The most downloads that were answered at the same time. */
  public int mostDownloads() {
    return mostDownloads.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var in = new BufferedInputStream(connection.getInputStream());
      for (Request request = RawHttp.read(in); request != null; request = RawHttp.read(in)) {
        if (!answerCounted(request, connection)) {
          return;
        }
      }
    } catch (IOException e) {
      // The client went away, or was cut off.
    } catch (RuntimeException | AssertionError e) {
      failures.add(e);
    }
  }

  private boolean answerCounted(Request request, Socket connection) throws IOException {
    if (!request.path().startsWith("/p")) {
      return answer(request, connection);
    }
    mostDownloads.accumulateAndGet(downloads.incrementAndGet(), Math::max);
    try {
      return answer(request, connection);
    } finally {
      downloads.decrementAndGet();
    }
  }

  /** Answers, and says whether the connection goes on. */
  private boolean answer(Request request, Socket connection) throws IOException {
    seen.add(request.path());
    checkKey(request);
    Fault fault = script.apply(request.path());
    watch.saw(request, fault);
    Reply refusal = refusal(request, fault);
    if (fault == Fault.CUT) {
      return false;
    }
    Reply reply = announcing(request, refusal);
    if (fault == Fault.LOST_ANSWER) {
      return false;
    }
    if (fault == Fault.DONE_BUT_504) {
      reply = Reply.page(504, "Gateway Time-out");
    }
    boolean whole = fault != Fault.TRUNCATED || reply.body().length == 0;
    reply.write(
        connection.getOutputStream(), whole ? reply.body().length : reply.body().length / 2);
    return whole;
  }

  private Reply announcing(Request request, @Nullable Reply refusal) throws IOException {
    Reply reply = refusal;
    for (Announced limit : announced) {
      Reply beyond = limit.charge(request);
      reply = reply == null ? beyond : reply;
    }
    Reply told = reply == null ? answering.answer(request) : reply;
    for (Announced limit : announced) {
      told = limit.told(request, told);
    }
    return told;
  }

  private void checkKey(Request request) {
    boolean carries = request.headers().containsKey("Authorization");
    boolean due =
        !request.path().equals("/") && KEYLESS.stream().noneMatch(request.path()::startsWith);
    if (carries != due) {
      failures.add(
          new AssertionError("key " + (carries ? "sent to " : "not sent to ") + request.path()));
    }
  }

  private @Nullable Reply refusal(Request request, Fault fault) {
    String words = refused.get(request.path());
    if (words != null) {
      return Reply.json(403, "{\"message\":\"%s\",\"status\":\"KO\"}".formatted(words));
    }
    return switch (fault) {
      case LOCK -> Reply.json(403, "{\"message\":\"IP Locked #186\",\"status\":\"KO\"}");
      case FLOOD ->
          Reply.json(403, "{\"message\":\"Flood detected: IP Locked #374\",\"status\":\"KO\"}");
      case TOO_MANY ->
          Reply.json(429, "{\"message\":\"Rate limit exceeded\",\"status\":\"KO\"}")
              .with(Map.of("Retry-After", Long.toString(LimitWatch.RETRY_AFTER.toSeconds())));
      case BAD_GATEWAY -> Reply.page(502, "Bad Gateway");
      case PAGE -> Reply.page(200, "Ne peut ouvrir le fichier destination");
      case LATE_REPORT -> Reply.page(200, "Veuillez patienter");
      case EMPTY_REPORT ->
          request.path().equals("/end.pl")
              ? Reply.json(200, "{\"incoming\":0,\"links\":[]}")
              : null;
      case EXPIRED_TOKEN ->
          request.path().startsWith("/p") ? Reply.page(200, "File not found !") : null;
      default -> null;
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
