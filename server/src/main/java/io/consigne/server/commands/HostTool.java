package io.consigne.server.commands;

import java.io.PrintWriter;
import java.util.spi.ToolProvider;
import picocli.CommandLine;

/** A command that is both a tool of its own and a sub-command of {@code consigne}. */
abstract class HostTool implements ToolProvider {
  @Override
  public String name() {
    return getClass().getAnnotation(CommandLine.Command.class).name();
  }

  @Override
  public int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(this).setOut(out).setErr(err).execute(arguments);
  }
}
