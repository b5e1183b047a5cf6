package io.consigne.cli.talk;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command says: data on its standard output, everything else on its standard error. Threads
 * may share it.
 */
public final class Talk {
  private final CommandSpec spec;
  private final Surroundings around;
  private final Habits habits;
  private final Bar bar;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private @Nullable BufferedReader lines;
  private @Nullable Object data;
  private String ifPartial = "";
  private boolean ended;

  /** What a command says that was called with these habits. */
  public Talk(CommandSpec spec, Surroundings around, Habits habits) {
    this.spec = spec;
    this.around = around;
    this.habits = habits;
    this.bar =
        new Bar(
            err(),
            around.watched() && !habits.quiet ? Window.ofStandardError() : null,
            System::nanoTime);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Whether data is to be one JSON object. */
  public boolean isJson() {
    return habits.json;
  }

  /** A line of data, for people and pipes; without what would steer a terminal. */
  public void line(String text) {
    bar.clear();
    spec.commandLine().getOut().println(Amount.shown(text));
  }

  /**
   * The data of the whole command, within the envelope; at its {@link #end}, with what was said.
   * What still grows may be given beforehand: a failure leaves what there is.
   */
  public void data(Object data) {
    this.data = data;
  }

  /** What its owner can do next if only some of it is done: again, most commands do it twice. */
  public void ifPartial(String next) {
    ifPartial = next;
  }

  /** A command with the groups that it is in, such as {@code remote list}. */
  public static String command(CommandSpec spec) {
    CommandSpec parent = spec.parent();
    boolean isTop = parent == null || parent.parent() == null;
    return isTop ? spec.name() : command(parent) + " " + spec.name();
  }

  /** What is nice to know of the data, such as that the host did not list all. */
  public void note(String text) {
    said.add(Amount.shown(text));
    passing(text);
  }

  /** What is nice to know of the run, and says nothing of its data. */
  public void passing(String text) {
    if (!habits.quiet) {
      print(text);
    }
  }

  /** What must be known, such as that one of many files failed. */
  public void warn(String text) {
    said.add(Amount.shown(text));
    print(text);
  }

  private void print(String text) {
    bar.aside(() -> err().println("consigne: " + Amount.shown(text)));
  }

  /** Ends a dry run, which nobody is to take for a run, even who is quiet. */
  public void nothingDone() {
    print("nothing was done");
  }

  /** The progress of transfers, on a terminal. */
  public Bar bar() {
    return bar;
  }

  /** One line about how far something is, on a terminal, in place of the last such line. */
  public void status(String text) {
    bar.status(text);
  }

  /** Tells somebody who watched what has moved, and how many files were there already. */
  public void summary(long skipped) {
    var parts = new ArrayList<String>();
    if (!bar.summary().isEmpty()) {
      parts.add(bar.summary());
    }
    if (skipped > 0 && around.watched()) {
      parts.add(Amount.count(skipped, "file") + " skipped, there already");
    }
    if (!parts.isEmpty()) {
      passing(String.join("; ", parts));
    }
  }

  /** Ends the progress, prints the data, and how it ended if not all was done, and flushes. */
  public void end(Exit exit) {
    stop();
    Object all = data;
    if (all != null) {
      String next = exit == Exit.PARTIAL ? ifPartial : exit.next();
      Object error = exit == Exit.OK ? null : error(exit, exit.meaningOfData(), next);
      printOnce(Envelope.of(command(spec), all, error, List.copyOf(said)));
    }
  }

  /** Ends the progress. */
  public void stop() {
    bar.close();
    flush();
  }

  /** Prints as JSON why the command failed, with what it did before, unless it printed all. */
  public void fail(String sentence, Throwable failure) {
    if (isJson() && !ended) {
      Object before = isEmpty(data) ? null : data;
      printOnce(Envelope.of(command(spec), before, error(sentence, failure), List.copyOf(said)));
    }
  }

  private void printOnce(String envelope) {
    ended = true;
    spec.commandLine().getOut().println(envelope);
    spec.commandLine().getOut().flush();
  }

  private static boolean isEmpty(@Nullable Object data) {
    return data instanceof Collection<?> rows && rows.isEmpty();
  }

  /**
   * Looks whether all data was taken. A reader at the other end of a pipe may have had enough of
   * it.
   *
   * @throws Problem if the standard output took not all of it, as a file on a full disk
   */
  public void requireTaken() {
    boolean lost = spec.commandLine().getOut().checkError() || System.out.checkError();
    if (lost && !Surroundings.printsToPipe() && !around.isLeft()) {
      throw new Problem(
          Exit.FAILED,
          "the standard output did not take all of it: "
              + around.refusal().orElse("it does not say why"));
    }
  }

  /** Flushes. To be called before bytes go to the standard output. */
  public void flush() {
    bar.clear();
    spec.commandLine().getOut().flush();
    err().flush();
  }

  /**
   * Asks before something is destroyed.
   *
   * @param yes whether it was allowed on the command line
   * @throws Problem unless it is allowed
   */
  public void confirm(String question, boolean yes) {
    if (yes) {
      return;
    }
    if (!around.person()) {
      throw new Problem(Exit.USAGE, question + " A script must say --yes.");
    }
    err().print(question + " [y/N] ");
    err().flush();
    String answer = readLine().orElse("").strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw new Problem(Exit.FAILED, "nothing was done");
    }
  }

  /**
   * Asks a person for a number from 1 to {@code most}, again until it is one; empty for a line
   * without any.
   */
  public OptionalInt choose(String question, int most) {
    while (true) {
      err().print("%s [1-%d] ".formatted(question, most));
      err().flush();
      String answer = readLine().orElse("").strip();
      if (answer.isEmpty()) {
        return OptionalInt.empty();
      }
      if (answer.matches("[0-9]{1,9}")
          && Integer.parseInt(answer) <= most
          && !answer.matches("0+")) {
        return OptionalInt.of(Integer.parseInt(answer));
      }
    }
  }

  /** Asks for a secret, without echo on a terminal; else reads a line of the standard input. */
  @SuppressWarnings("SystemConsoleNull") // NullAway holds it for nullable, as its Javadoc does
  public String secret(String prompt) {
    if (!around.person()) {
      return readLine().orElseThrow(() -> nothing(prompt)).strip();
    }
    bar.clear();
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return silently(prompt);
    }
    char @Nullable [] typed = console.readPassword("%s: ", prompt);
    if (typed == null) {
      throw nothing(prompt);
    }
    var text = new String(typed);
    Arrays.fill(typed, ' ');
    return text.strip();
  }

  private String silently(String prompt) {
    err().print(prompt + ": ");
    err().flush();
    try (var _ = new Silence()) {
      return readLine().orElseThrow(() -> nothing(prompt)).strip();
    } finally {
      err().println();
    }
  }

  private static Problem nothing(String prompt) {
    return new Problem(Exit.USAGE, "nothing was given for: " + prompt);
  }

  /** By one reader always: it reads ahead. */
  private Optional<String> readLine() {
    try {
      if (lines == null) {
        lines = new BufferedReader(new InputStreamReader(around.in(), StandardCharsets.UTF_8));
      }
      return Optional.ofNullable(lines.readLine());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** How a failure looks as JSON of a command that does nothing before it. */
  public static String failure(String command, String sentence, Throwable failure) {
    return Envelope.of(command, null, error(sentence, failure), List.of());
  }

  private static Map<String, Object> error(String sentence, Throwable failure) {
    return error(Exit.of(failure), sentence, Exit.next(failure));
  }

  private static Map<String, Object> error(Exit exit, String sentence, String next) {
    var error = new LinkedHashMap<String, Object>();
    error.put("kind", exit.word());
    error.put("exit", exit.code());
    error.put("message", sentence);
    if (!next.isEmpty()) {
      error.put("next", next);
    }
    return error;
  }
}
