package io.consigne.server.commands;

import java.io.Console;
import java.util.Optional;

/** The person at the terminal, if there is one. */
final class Terminal {
  private Terminal() {}

  @SuppressWarnings(
      "SystemConsoleNull") // NullAway holds it for nullable, as the JDK's Javadoc does
  static Optional<Console> person() {
    Console console = System.console();
    return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
  }
}
