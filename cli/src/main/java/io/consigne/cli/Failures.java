package io.consigne.cli;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.RefusedException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that failed says so: one sentence, and a stack trace only to who asks for it. */
final class Failures {
  private static final String DEBUG = "CONSIGNE_DEBUG";

  private Failures() {}

  /** The command line does not make sense. */
  static int misused(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter out = command.getErr();
    out.println("consigne: " + misuse(failure));
    out.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    showTrace(failure, out);
    out.flush();
    return ExitCode.USAGE;
  }

  /** The command made sense but could not be done. */
  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    Exit exit = Exit.of(failure);
    PrintWriter out = command.getErr();
    String sentence = Amount.shown(sentence(failure));
    out.println("consigne: " + sentence + (exit.next().isEmpty() ? "" : "; " + exit.next()));
    showTrace(failure, out);
    out.flush();
    OptionSpec json = command.getCommandSpec().findOption("--json");
    if (json != null && Boolean.TRUE.equals(json.getValue())) {
      command.getOut().println(Talk.failure(command.getCommandName(), sentence, exit));
      command.getOut().flush();
    }
    return exit.code();
  }

  private static String misuse(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return lowerFirst(Objects.requireNonNullElse(failure.getMessage(), "wrong usage"));
    }
    String first = unmatched.getUnmatched().getFirst();
    boolean group = !failure.getCommandLine().getSubcommands().isEmpty();
    String kind = unmatched.isUnknownOption() ? "option" : group ? "command" : "argument";
    String nearest =
        unmatched.getSuggestions().stream()
            .findFirst()
            .map("; did you mean %s?"::formatted)
            .orElse("");
    return "unknown %s \"%s\"%s".formatted(kind, first, nearest);
  }

  /** What went wrong, for somebody who does not know the program's inside. */
  static String sentence(Throwable failure) {
    return switch (failure) {
      case UncheckedIOException e when e.getCause() != null -> sentence(e.getCause());
      case NoSuchFileException e -> "no such file or folder: " + e.getFile();
      case AccessDeniedException e -> "no permission: " + e.getFile();
      case FileAlreadyExistsException e -> "exists already: " + e.getFile();
      case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
      case RefusedException e -> "the host refused: " + e.getMessage();
      case ConnectException _ -> "the host cannot be reached";
      case UnknownHostException e -> "unknown host: " + e.getMessage();
      case RuntimeException e when isUnexpected(e) ->
          "unexpected error, %s=1 shows where: %s".formatted(DEBUG, e);
      default -> Objects.requireNonNullElseGet(failure.getMessage(), failure::toString);
    };
  }

  /** Exceptions of the program's own types carry a message for people; others are mistakes. */
  private static boolean isUnexpected(RuntimeException failure) {
    return failure.getMessage() == null || !failure.getClass().getName().startsWith("io.consigne.");
  }

  private static void showTrace(Exception failure, PrintWriter out) {
    if ("1".equals(System.getenv(DEBUG))) {
      failure.printStackTrace(out);
    }
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
