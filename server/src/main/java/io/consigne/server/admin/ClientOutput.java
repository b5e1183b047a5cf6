package io.consigne.server.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client of the operator's socket is told. One that takes nothing of it for too long is cut
 * off: a command that somebody has stopped would else hold its task, and with a backup all
 * deletions, for ever.
 */
final class ClientOutput {
  private static final Logger LOG = LoggerFactory.getLogger(ClientOutput.class);

  private final SocketChannel client;
  private final OutputStream out;
  private final ScheduledExecutorService watch;
  private final Duration patience;

  ClientOutput(SocketChannel client, ScheduledExecutorService watch, Duration patience) {
    this.client = client;
    this.out = Channels.newOutputStream(client);
    this.watch = watch;
    this.patience = patience;
  }

  /** What cuts off; it forgets a line as soon as that is taken: a check may have millions. */
  static ScheduledThreadPoolExecutor watch() {
    var watch =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("admin-watch").daemon().factory());
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  /**
   * Tells a line.
   *
   * @throws IOException if the client has gone, or does not take it
   */
  void write(byte[] line) throws IOException {
    Future<?> late = watch.schedule(this::cutOff, patience.toNanos(), TimeUnit.NANOSECONDS);
    try {
      out.write(line);
    } finally {
      late.cancel(false);
    }
  }

  private void cutOff() {
    LOG.warn("A command that took nothing of its answer for {} was cut off", patience);
    try {
      client.close();
    } catch (IOException e) {
      LOG.warn("It could not be cut off: {}", e.getMessage());
    }
  }
}
