package io.consigne.cli;

/** Starts the program {@code consigne}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  static void main(String[] arguments) {
    if (Program.asksForVersion(arguments)) {
      System.out.println(Version.ofThisBuild());
      return;
    }
    System.exit(Program.forArguments(arguments).execute(arguments));
  }
}
