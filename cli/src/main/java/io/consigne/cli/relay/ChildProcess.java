package io.consigne.cli.relay;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that shares this process's terminal, and ends as one with it: a signal that ends this
 * process ends the command first, and then gives its exit code.
 */
final class ChildProcess {
  private final List<String> command;
  private final ClientEnvironment environment;
  private @Nullable Process child;
  private boolean ending;

  /**
   * A command, not started yet.
   *
   * @param environment changes to this process's own
   */
  ChildProcess(List<String> command, ClientEnvironment environment) {
    this.command = List.copyOf(command);
    this.environment = environment;
  }

  /**
   * Runs the command to its end.
   *
   * @return its exit code, 128 and the signal's number if a signal ended it
   * @throws IOException if there is no such program
   */
  int run() throws IOException, InterruptedException {
    Thread atShutdown = Thread.ofPlatform().unstarted(this::endWithChild);
    Runtime.getRuntime().addShutdownHook(atShutdown);
    try {
      return start().waitFor();
    } finally {
      removeUnlessRunning(atShutdown);
    }
  }

  /** A signal comes before the start, and prevents it, or after it, and ends the command. */
  private synchronized Process start() throws IOException {
    if (ending) {
      throw new IOException("stopped before the start of " + command.getFirst());
    }
    var builder = new ProcessBuilder(command).inheritIO();
    environment.applyTo(builder.environment());
    try {
      child = builder.start();
      return child;
    } catch (IOException e) {
      String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new IOException("cannot run %s: %s".formatted(command.getFirst(), reason), e);
    }
  }

  private synchronized @Nullable Process stopStarting() {
    ending = true;
    return child;
  }

  private void endWithChild() {
    Process started = stopStarting();
    if (started == null) {
      return;
    }
    started.destroy();
    try {
      Runtime.getRuntime().halt(started.waitFor());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeUnlessRunning(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The shutdown has begun, and ends with the same exit code.
    }
  }
}
