package io.consigne.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.cli.talk.Surroundings;
import io.consigne.core.ids.Cidr;
import io.consigne.server.config.HostConfig;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody at a terminal sees of a fetch while it runs. */
@SuppressWarnings("NullAway.Init") // set before each test
final class FetchBarTest {
  private static final int BYTES = 4_000_000;

  /** A bar that is half full, of a file that has not come yet; its end is not told. */
  private static final Pattern HALF =
      Pattern.compile("\\[={11,12} {12,13}] 0/1  1[.][0-9] MiB of 3[.]8 MiB  \\S+ \\S+/s  ETA ");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch rest = new CountDownLatch(1);
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ServerSocket source;
  private Desk desk;

  @BeforeEach
  void start(@TempDir Path home) throws IOException {
    source = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var fetches =
        new HostConfig.Fetches(
            16, List.of(Cidr.parse("127.0.0.0/8")), Set.of(source.getLocalPort()), Set.of(), true);
    desk = new Desk(home, new HostConfig.Tls.None(), fetches);
    threads.execute(this::accept);
  }

  @AfterEach
  void stop() throws IOException {
    rest.countDown();
    source.close();
    desk.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!source.isClosed()) {
      try {
        Socket connection = source.accept();
        threads.execute(() -> send(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Sends half of a file, and the other half when the test says so. */
  private void send(Socket connection) {
    try (connection) {
      var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
      for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
        line = in.readLine();
      }
      OutputStream to = connection.getOutputStream();
      to.write(("HTTP/1.1 200 OK\r\nContent-Length: " + BYTES + "\r\n\r\n").getBytes(US_ASCII));
      to.write(new byte[BYTES / 2]);
      to.flush();
      rest.await();
      to.write(new byte[BYTES / 2]);
    } catch (IOException e) {
      // The host went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String shown() {
    return err.toString(UTF_8);
  }

  @Test
  void halfOfAFile_isHalfABar_beforeTheRestComes() throws Exception {
    String url = "http://127.0.0.1:%d/film.mkv".formatted(source.getLocalPort());
    String[] arguments = {"remote", "add", url, "--folder", "/films", "--wait"};
    var around =
        new Surroundings(desk.environment(), InputStream.nullInputStream(), out, false, true);
    Future<Integer> command =
        threads.submit(() ->
            Program.forArguments(around, arguments)
                .setOut(new PrintWriter(out, true, UTF_8))
                .setErr(new PrintWriter(err, true, UTF_8))
                .execute(arguments));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> HALF.matcher(shown()).find() || command.isDone());
    assertThat(shown()).containsPattern(HALF);
    assertThat(command.isDone()).isFalse();
    rest.countDown();
    assertThat(command.get(1, TimeUnit.MINUTES)).as(shown()).isZero();
    assertThat(out.toString(UTF_8)).startsWith("done ");
    assertThat(desk.good("ls", "-l", "/films")).contains(" 4000000 ");
  }
}
