package io.consigne.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./consigne} and other programs as a person would: as processes of their own. */
public final class Launcher {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Launcher() {}

  /** The launcher in the root of the repository. */
  public static Path consigne() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(directory.resolve("consigne"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("there is no ./consigne above the tests");
      }
    }
    return directory.resolve("consigne");
  }

  /** {@code ./consigne}, ready to be started; it runs what the build before these tests made. */
  public static ProcessBuilder command(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(consigne().toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().put("CONSIGNE_NO_BUILD", "1");
    return builder;
  }

  /** Runs {@code ./consigne} to its end. */
  public static Outcome consigne(String... arguments) {
    return run(command(List.of(arguments)));
  }

  /** Runs {@code ./consigne} to its end, with a file as its input. */
  public static Outcome consigneReading(Path input, String... arguments) {
    return run(command(List.of(arguments)), input);
  }

  /** Runs a program to its end; both of its outputs are read. */
  public static Outcome run(ProcessBuilder builder) {
    return run(builder, Path.of("/dev/null"));
  }

  private static Outcome run(ProcessBuilder builder, Path input) {
    try {
      Path out = Files.createTempFile("consigne-out", ".txt");
      Path err = Files.createTempFile("consigne-err", ".txt");
      Process process =
          builder
              .redirectInput(ProcessBuilder.Redirect.from(input.toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running after " + PATIENCE + ": " + builder.command() + Files.readString(err));
      }
      var outcome =
          new Outcome(
              process.exitValue(),
              new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
              new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
      Files.delete(out);
      Files.delete(err);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * How a program ended.
   *
   * @param exit its exit code
   * @param out its standard output
   * @param err its standard error
   */
  public record Outcome(int exit, String out, String err) {
    /** The standard output of a program that ended well. */
    public String good() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + "\n" + out + err);
      }
      return out;
    }
  }
}
