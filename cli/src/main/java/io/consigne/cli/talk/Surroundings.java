package io.consigne.cli.talk;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a command runs.
 *
 * @param environment its variables
 * @param in its standard input
 * @param out its standard output, for bytes
 * @param person whether standard input is a terminal, so that somebody can be asked
 * @param watched whether standard error is a terminal, so that somebody sees progress
 */
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    OutputStream out,
    boolean person,
    boolean watched) {
  /** What systems say who have no reader any more. */
  private static final Set<String> LEFT = Set.of("Broken pipe", "Connection reset by peer");

  /** Copies. */
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        System.in,
        new KnownOutput(new FileOutputStream(FileDescriptor.out)),
        isTerminal(0),
        isTerminal(2) && !"dumb".equals(System.getenv("TERM")));
  }

  /** What writes text to the standard output, line by line. */
  public PrintWriter writer() {
    return new PrintWriter(new OutputStreamWriter(out, System.out.charset()), true);
  }

  /** Why the standard output took no more; empty if that is not known. */
  Optional<String> refusal() {
    Optional<IOException> failure =
        out instanceof KnownOutput known ? known.failure() : Optional.empty();
    return failure.flatMap(e -> Optional.ofNullable(e.getMessage()));
  }

  /** Whether a reader of the standard output has had enough, where it is no pipe, or none knows. */
  boolean isLeft() {
    return refusal().filter(LEFT::contains).isPresent();
  }

  /** Whether the standard output of this process is a terminal. */
  public static boolean printsToTerminal() {
    return isTerminal(1);
  }

  /** Whether the standard output of this process is a pipe. */
  static boolean printsToPipe() {
    return target(1).startsWith("pipe:");
  }

  /** The JDK tells it of input and output together only, and not of the standard error. */
  private static boolean isTerminal(int descriptor) {
    return target(descriptor).matches("/dev/(pts/[0-9]+|tty.*|console)");
  }

  /** What a descriptor of this process is; empty if the system does not tell. */
  private static String target(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    } catch (IOException _) {
      return "";
    }
  }

  /** A variable that is there and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** A directory as XDG names it, such as {@code XDG_CONFIG_HOME}, with its place below home. */
  public Path directory(String variable, String belowHome) {
    return variable(variable)
        .map(Path::of)
        .orElseGet(() ->
            Path.of(variable("HOME").orElse(System.getProperty("user.home"))).resolve(belowHome));
  }

  /** Where configuration lies. */
  public Path config() {
    return directory("XDG_CONFIG_HOME", ".config");
  }

  /** Where processes of this machine keep what they share. */
  public Path state() {
    return directory("XDG_STATE_HOME", ".local/state").resolve("consigne");
  }
}
