import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/**
 * Keeps many slow downloads and uploads going at once, a few KiB a second each, lets them end at
 * full speed, and times API calls at a steady rate, first without and then beside them.
 *
 * <p>Arguments: port, key, path of a download, how many of each kind, seconds of each phase. Prints
 * the 99th percentile of the calls in milliseconds without and beside the slow clients, how many
 * calls there were beside them, and how many transfers failed.
 */
final class Slow {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int BYTES_A_SECOND = 4 * 1024;
  private static final byte[] UPLOADED = new byte[512 * 1024];
  private static final Duration BETWEEN_CALLS = Duration.ofMillis(20);
  private static final String[] CALLS = {"/v1/user/info.cgi", "/v1/file/ls.cgi"};

  private final int port;
  private final String key;
  private final String path;
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final HttpClient calls = HttpClient.newHttpClient();

  private Slow(int port, String key, String path) {
    this.port = port;
    this.key = key;
    this.path = path;
  }

  public static void main(String[] arguments) throws Exception {
    var slow = new Slow(Integer.parseInt(arguments[0]), arguments[1], arguments[2]);
    int each = Integer.parseInt(arguments[3]);
    Duration phase = Duration.ofSeconds(Long.parseLong(arguments[4]));
    slow.run(each, phase);
  }

  private void run(int each, Duration phase) throws Exception {
    long expected = download(System.nanoTime());
    times(phase.dividedBy(3)); // the first calls wait for this JVM, not for the host
    double alone = p99(times(phase));
    long end = System.nanoTime() + phase.plus(phase.dividedBy(4)).toNanos();
    var running = new ArrayList<Future<?>>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < each; n++) {
        int number = n;
        running.add(clients.submit(tried("download " + n, () -> checked(download(end), expected))));
        running.add(clients.submit(tried("upload " + n, () -> upload(number, end))));
        Thread.sleep(SECOND.dividedBy(each)); // independent clients do not all send at once
      }
      Thread.sleep(phase.dividedBy(8));
      List<Long> beside = times(phase);
      for (Future<?> client : running) {
        client.get();
      }
      failures.stream().limit(5).forEach(System.err::println);
      System.out.printf("%.3f %.3f %d %d%n", alone, p99(beside), beside.size(), failures.size());
    }
  }

  private Callable<Void> tried(String name, Callable<Void> transfer) {
    long begin = System.nanoTime();
    return () -> {
      try {
        transfer.call();
      } catch (Exception e) {
        long millis = (System.nanoTime() - begin) / 1_000_000;
        failures.add(name + ", after " + millis + " ms: " + e);
      }
      return null;
    };
  }

  private static Void checked(long sum, long expected) throws IOException {
    if (sum != expected) {
      throw new IOException("other bytes than were asked for");
    }
    return null;
  }

  /**
   * How long each of many calls took, in nanoseconds; each begins on time, whatever the others do.
   */
  private List<Long> times(Duration phase) throws Exception {
    var running = new ArrayList<Future<Long>>();
    long begin = System.nanoTime();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; System.nanoTime() - begin < phase.toNanos(); n++) {
        String call = CALLS[n % CALLS.length];
        running.add(callers.submit(() -> time(call)));
        long next = begin + (n + 1) * BETWEEN_CALLS.toNanos();
        Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
      }
    }
    var times = new ArrayList<Long>();
    for (Future<Long> call : running) {
      times.add(call.get());
    }
    return times;
  }

  private long time(String call) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + call))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    long begin = System.nanoTime();
    int status = calls.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    long end = System.nanoTime();
    if (status != 200) {
      failures.add(call + ": " + status);
    }
    return end - begin;
  }

  private static double p99(List<Long> times) {
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6;
  }

  /** Downloads slowly until {@code end}, then the rest; returns the checksum of the body. */
  private long download(long end) throws Exception {
    try (Socket socket = connect()) {
      send(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      InputStream in = socket.getInputStream();
      String head = head(in);
      if (!head.startsWith("HTTP/1.1 200")) {
        throw new IOException(head);
      }
      var sum = new CRC32C();
      byte[] bytes = new byte[64 * 1024];
      while (true) {
        boolean slow = System.nanoTime() - end < 0;
        int count = in.read(bytes, 0, slow ? BYTES_A_SECOND : bytes.length);
        if (count < 0) {
          return sum.getValue();
        }
        sum.update(bytes, 0, count);
        if (slow) {
          Thread.sleep(SECOND);
        } else {
          socket.setReceiveBufferSize(bytes.length);
        }
      }
    }
  }

  /** Uploads slowly until {@code end}, then the rest. */
  private Void upload(int number, long end) throws Exception {
    String begin =
        "--B\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"slow-"
            + number
            + "\"\r\n\r\n"
            + System.nanoTime()
            + " "
            + number;
    String last = "\r\n--B--\r\n";
    try (Socket socket = connect()) {
      send(
          socket,
          "POST /upload.cgi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Authorization: Bearer "
              + key
              + "\r\n"
              + "Content-Type: multipart/form-data; boundary=B\r\n"
              + "Content-Length: "
              + (begin.length() + UPLOADED.length + last.length())
              + "\r\n\r\n"
              + begin);
      OutputStream out = socket.getOutputStream();
      for (int sent = 0; sent < UPLOADED.length; ) {
        boolean slow = System.nanoTime() - end < 0;
        int count =
            slow ? Math.min(BYTES_A_SECOND, UPLOADED.length - sent) : UPLOADED.length - sent;
        out.write(UPLOADED, sent, count);
        sent += count;
        if (slow) {
          Thread.sleep(SECOND);
        }
      }
      send(socket, last);
      String head = head(socket.getInputStream());
      if (!head.startsWith("HTTP/1.1 302")) {
        throw new IOException(head);
      }
    }
    return null;
  }

  /** A connection that buffers little, so that the host cannot get rid of more than is read. */
  private Socket connect() throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(BYTES_A_SECOND);
    socket.setSendBufferSize(BYTES_A_SECOND);
    socket.setSoTimeout((int) Duration.ofMinutes(2).toMillis());
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no answer: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
