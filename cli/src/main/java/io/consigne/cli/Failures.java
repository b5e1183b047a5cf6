package io.consigne.cli;

import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.OptionVariables;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that failed says so: one sentence, and a stack trace only to who asks for it. */
final class Failures {
  private static final String JSON_VARIABLE =
      Objects.requireNonNullElse(System.getenv(OptionVariables.name("--json")), "");

  /** How picocli begins about a value that cannot be read. */
  private static final String RAW_VALUE =
      "^Invalid value for (?:option|positional parameter at index \\S+) '?\\(?([^')]+)\\)?'?: ";

  private static final Pattern CHOICES =
      Pattern.compile(
          "expected one of \\[(.*)] \\(case-(?:in)?sensitive\\) but was '(.*)'", Pattern.DOTALL);

  private Failures() {}

  /** The command line does not make sense. */
  static int misused(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter out = command.getErr();
    String sentence = misuse(failure);
    out.println("consigne: " + sentence);
    out.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    showTrace(failure, out);
    out.flush();
    boolean takesJson = command.getCommandSpec().findOption("--json") != null;
    boolean set = takesJson && OptionVariables.isOn(JSON_VARIABLE);
    if (!printsLines(command) && (set || List.of(arguments).contains("--json"))) {
      var problem = new Problem(Exit.USAGE, sentence);
      command
          .getOut()
          .println(Talk.failure(Talk.command(command.getCommandSpec()), sentence, problem));
      command.getOut().flush();
    }
    return ExitCode.USAGE;
  }

  /** The command made sense but could not be done. */
  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter out = command.getErr();
    String sentence = Amount.shown(Sentences.of(failure));
    Exception ended = isOfHost(command) ? new Problem(Exit.FAILED, sentence) : failure;
    String next = Exit.next(ended);
    out.println("consigne: " + sentence + (next.isEmpty() ? "" : "; " + next));
    showTrace(failure, out);
    out.flush();
    OptionSpec json = command.getCommandSpec().findOption("--json");
    if (command.getCommand() instanceof RemoteCommand remote) {
      remote.failed(sentence, ended);
    } else if (!printsLines(command) && json != null && Boolean.TRUE.equals(json.getValue())) {
      command
          .getOut()
          .println(Talk.failure(Talk.command(command.getCommandSpec()), sentence, ended));
      command.getOut().flush();
    }
    return Exit.of(ended).code();
  }

  /**
   * Whether JSON of this command is an object a line, with nothing else between, as its help says:
   * some commands of a host are so.
   */
  private static boolean printsLines(CommandLine command) {
    OptionSpec json = command.getCommandSpec().findOption("--json");
    return json != null && String.join(" ", json.description()).contains("a JSON object a line");
  }

  /** Commands of a host have exit codes of their own, and what the client's say is not for them. */
  private static boolean isOfHost(@Nullable CommandLine command) {
    return command != null
        && (command.getCommand() instanceof ToolProvider || isOfHost(command.getParent()));
  }

  private static String misuse(ParameterException failure) {
    return switch (failure) {
      case UnmatchedArgumentException e -> unknown(e);
      case MissingParameterException e when !e.getMissing().isEmpty() -> missing(e);
      default ->
          lowerFirst(
              Objects.requireNonNullElse(failure.getMessage(), "wrong usage")
                  .replaceFirst(RAW_VALUE, "$1: ")
                  .transform(Failures::choices)
                  .replace("Missing required subcommand", "a command is missing"));
    };
  }

  /** What may be chosen, in the letters of the help. */
  private static String choices(String text) {
    return CHOICES
        .matcher(text)
        .replaceFirst(found ->
            Matcher.quoteReplacement(
                "one of %s, not %s"
                    .formatted(found.group(1).toLowerCase(Locale.ROOT), found.group(2))));
  }

  /** What is missing first, and what it is. */
  private static String missing(MissingParameterException failure) {
    ArgSpec missing = failure.getMissing().getFirst();
    String name =
        missing instanceof OptionSpec option
            ? option.longestName() + " " + option.paramLabel()
            : missing.paramLabel();
    String what = String.join(" ", missing.description()).strip();
    return what.isEmpty()
        ? name + " is missing"
        : "%s is missing: %s".formatted(name, lowerFirst(what).replaceFirst("\\.$", ""));
  }

  private static String unknown(UnmatchedArgumentException unmatched) {
    String first = unmatched.getUnmatched().getFirst();
    boolean group = !unmatched.getCommandLine().getSubcommands().isEmpty();
    String kind = unmatched.isUnknownOption() ? "option" : group ? "command" : "argument";
    String nearest =
        unmatched.getSuggestions().stream()
            .findFirst()
            .map("; did you mean %s?"::formatted)
            .orElse("");
    return "unknown %s \"%s\"%s".formatted(kind, first, nearest);
  }

  private static void showTrace(Exception failure, PrintWriter out) {
    if ("1".equals(System.getenv(Sentences.DEBUG))) {
      failure.printStackTrace(out);
    }
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
