package io.consigne.cli.talk;

import java.io.IOException;

/**
 * The terminal of the standard input without echo. The JDK's console does that only if the standard
 * output is a terminal, too, which it is not in {@code consigne cat LINK > file}.
 */
final class Silence implements AutoCloseable {
  private final Thread atEnd = new Thread(() -> stty("echo"));

  Silence() {
    Runtime.getRuntime().addShutdownHook(atEnd);
    stty("-echo");
  }

  private static void stty(String word) {
    try {
      new ProcessBuilder("stty", word)
          .inheritIO()
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException _) {
      // No stty, or no terminal: what is typed shows.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stty("echo");
    Runtime.getRuntime().removeShutdownHook(atEnd);
  }
}
