package io.consigne.cli;

import io.consigne.client.transport.FirstConnection;

/** Starts the program {@code consigne}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  static void main(String[] arguments) {
    if (Program.asksForVersion(arguments)) {
      System.out.println(Version.ofThisBuild());
      return;
    }
    begin(arguments);
    System.exit(Program.forArguments(arguments).execute(arguments));
  }

  /** Gets ready, beside, what takes longest. */
  static void begin(String... arguments) {
    if (Program.usesAccount(arguments)) {
      FirstConnection.prepare();
    }
  }
}
