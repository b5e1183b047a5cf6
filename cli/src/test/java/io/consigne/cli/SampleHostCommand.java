package io.consigne.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command as a server offers it: found on the class path, and a picocli command. */
@Command(name = "sample", description = "Stand for a command of the host.")
public final class SampleHostCommand implements ToolProvider, Callable<Integer> {
  @Option(names = "--failure", description = "What to throw.")
  String failure = "";

  @Option(names = "--json", description = "Print a JSON object a line.")
  boolean json;

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public int run(PrintWriter out, PrintWriter err, String... args) {
    return call();
  }

  @Override
  public Integer call() {
    return switch (failure) {
      case "" -> 5;
      case "expected" -> throw new SampleException("the locker 7 is full");
      case "missing" -> throw new UncheckedIOException(new NoSuchFileException("/a"));
      case "unreachable" -> throw new UncheckedIOException(new ConnectException("refused"));
      default -> throw new IllegalStateException("broken inside");
    };
  }

  /** A failure of one of the program's own types. */
  static final class SampleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SampleException(String message) {
      super(message);
    }
  }
}
