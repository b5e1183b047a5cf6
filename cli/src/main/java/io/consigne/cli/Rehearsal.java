package io.consigne.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * Does what every start does, without showing it, so that the JVM can record it: the launcher runs
 * this once after a build to make the AOT cache (JEP 514).
 */
final class Rehearsal {
  private Rehearsal() {}

  static void main(String[] arguments) {
    var nowhere = new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    CommandLine program = Program.forArguments();
    program.setOut(nowhere).setErr(nowhere);
    nowhere.println(Version.ofThisBuild());
    program.execute("--help");
    program.execute("completion", "bash");
    program.execute("relay", "--to", "nowhere");
    program.getSubcommands().keySet().forEach(name -> program.execute(name, "--help"));
  }
}
