package io.consigne.server.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The way from the operator's commands to the running server: a Unix socket in the data directory
 * that only the server's user may open. A connection has one request, a JSON object that ends with
 * the stream, and one answer: a JSON object as well, behind any number of lines that say how a long
 * task goes on. A long task ends when whoever asked for it goes away.
 */
public final class AdminSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
  private static final FileAttribute<?> FOR_THIS_USER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int MAX_REQUEST = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration UNTAKEN = Duration.ofHours(1);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

  private final Path path;
  private final ServerSocketChannel listener;
  private final Administration administration;
  private final UpkeepRequests upkeep;
  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("admin-request").factory());

  private final ScheduledExecutorService watch = ClientOutput.watch();

  private AdminSocket(
      Path path,
      ServerSocketChannel listener,
      Administration administration,
      UpkeepRequests upkeep) {
    this.path = path;
    this.listener = listener;
    this.administration = administration;
    this.upkeep = upkeep;
  }

  /**
   * Listens, for whoever holds the lock of the data directory. The socket comes to its place when
   * this user alone may open it.
   *
   * @throws IOException if the socket cannot be made
   */
  public static AdminSocket listen(Path path, Administration administration, UpkeepRequests upkeep)
      throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + ".new");
    Path bound = unfinished.resolve("sock");
    var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      Files.deleteIfExists(bound);
      Files.deleteIfExists(unfinished);
      Files.createDirectory(unfinished, FOR_THIS_USER);
      try (var address = SocketAddressPath.of(bound)) {
        listener.bind(address.address());
      }
      Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
      Files.move(bound, path, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(unfinished);
    } catch (IOException e) {
      listener.close();
      throw new IOException("Cannot listen on " + path + ": " + e.getMessage(), e);
    }
    var socket = new AdminSocket(path, listener, administration, upkeep);
    Thread.ofVirtual().name("admin-socket").start(socket::serve);
    return socket;
  }

  private void serve() {
    try {
      serve(
          listener,
          client -> requests.execute(() -> answer(client)),
          () -> Thread.sleep(PAUSE_AFTER_FAULT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Hands over who comes until the listener is closed. After a fault it pauses: one such as a want
   * of descriptors lasts, and would be met, and told to the log, ten thousands of times a second.
   */
  static void serve(ServerSocketChannel listener, Consumer<SocketChannel> taker, Pause pause)
      throws InterruptedException {
    while (listener.isOpen()) {
      try {
        taker.accept(listener.accept());
      } catch (ClosedChannelException | RejectedExecutionException e) {
        return;
      } catch (IOException e) {
        LOG.warn("An administration request was lost: {}", e.getMessage());
        pause.pause();
      }
    }
  }

  /** Lets a while pass. */
  @FunctionalInterface
  interface Pause {
    /** Waits. */
    void pause() throws InterruptedException;
  }

  private void answer(SocketChannel client) {
    try (client) {
      byte[] bytes = Channels.newInputStream(client).readNBytes(MAX_REQUEST);
      var out = new ClientOutput(client, watch, UNTAKEN);
      AdminAnswer answer =
          AdminWire.request(bytes)
              .map(request -> answer(request, out))
              .orElseGet(AdminWire::refusal);
      var _ = Thread.interrupted(); // what was done until then is told all the same
      write(out, AdminWire.written(answer));
    } catch (CalledOff e) {
      LOG.info("A task was cancelled: {}", e.getMessage());
    } catch (IOException | JacksonException e) {
      LOG.warn("An administration request was not understood: {}", e.getMessage());
    }
  }

  private AdminAnswer answer(AdminRequest request, ClientOutput out) {
    try {
      return switch (request) {
        case AdminRequest.Quick quick -> administration.execute(quick);
        case UpkeepRequest task ->
            upkeep.execute(task, line -> write(out, AdminWire.written(line)));
      };
    } catch (CalledOff e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("An administration request failed", e);
      return new AdminAnswer(false, "It failed, the log of the host says more: " + e);
    }
  }

  private static void write(ClientOutput out, byte[] line) {
    try {
      out.write(line);
    } catch (IOException e) {
      throw new CalledOff(e);
    }
  }

  /**
   * Asks the server that listens at {@code path}; empty if none does.
   *
   * @throws IOException if the server did not answer
   */
  public static Optional<AdminAnswer> ask(Path path, AdminRequest.Quick request)
      throws IOException {
    return ask(path, request, line -> {});
  }

  /**
   * Asks the server; what a long task says meanwhile goes to {@code lines}.
   *
   * @throws IOException if the server stopped before it answered
   */
  public static Optional<AdminAnswer> ask(
      Path path, AdminRequest request, Consumer<AdminLine> lines) throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      try (var address = SocketAddressPath.of(path)) {
        client.connect(address.address());
      } catch (IOException refused) {
        return Optional.empty();
      }
      OutputStream out = Channels.newOutputStream(client);
      out.write(AdminWire.written(request));
      client.shutdownOutput();
      var in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Optional<AdminAnswer> answer = AdminWire.answer(line, lines);
        if (answer.isPresent()) {
          return answer;
        }
      }
      throw new IOException("The host stopped before it answered");
    } catch (JacksonException e) {
      throw new IOException("The host stopped before it answered", e);
    }
  }

  /** Stops listening, ends the tasks that run, and waits for them. */
  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(path);
    requests.shutdownNow();
    try {
      if (!requests.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("A task that the operator asked for does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watch.shutdownNow();
    }
  }

  /** Whoever asked has gone away. */
  private static final class CalledOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CalledOff(IOException cause) {
      super(cause);
    }
  }
}
