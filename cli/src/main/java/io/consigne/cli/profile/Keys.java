package io.consigne.cli.profile;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.ApiKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps keys and gives them back. A key is never an argument of a process. */
final class Keys {
  private static final String TOOL = "secret-tool";
  private static final String SHELL = "sh";

  /** How long a program that has a key is waited for. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Surroundings around;
  private final Path directory;
  private final Duration patience;

  /** Waits so long for a program that has a key. */
  Keys(Surroundings around, Path directory, Duration patience) {
    this.around = around;
    this.directory = directory;
    this.patience = patience;
  }

  /** Keeps a key in the keyring if there is one that takes it, else in a file. */
  KeyPlace keep(String profile, ApiKey key) throws IOException {
    Optional<String> tool = tool();
    if (tool.isPresent()) {
      List<String> store = words(tool.get(), profile, "store", "--label=Consigne " + profile);
      if (isGood(store, key)) {
        return new KeyPlace.Keyring();
      }
    }
    OwnerFiles.write(file(profile), key.reveal() + "\n");
    return new KeyPlace.OwnFile();
  }

  /** A keyring that waits to be unlocked takes nothing. */
  private boolean isGood(List<String> command, ApiKey input) throws IOException {
    try {
      return run(command, input).isGood();
    } catch (Problem _) {
      return false;
    }
  }

  /** The key of a profile. */
  ApiKey get(Profile profile) throws IOException {
    return switch (profile.key()) {
      case KeyPlace.Keyring _ -> found(profile, run(words(profile, "lookup"), null), "the keyring");
      case KeyPlace.OwnFile _ -> fromFile(profile);
      case KeyPlace.Printed printed ->
          found(profile, run(List.of(SHELL, "-c", printed.command()), null), "its command");
      case KeyPlace.Given given -> given.key();
    };
  }

  /** Forgets the key of a profile. */
  void forget(Profile profile) throws IOException {
    switch (profile.key()) {
      case KeyPlace.Keyring _ -> {
        var _ = run(words(profile, "clear"), null);
      }
      case KeyPlace.OwnFile _ -> Files.deleteIfExists(file(profile.name()));
      case KeyPlace.Printed _, KeyPlace.Given _ -> {}
    }
  }

  /** The file for the key of a profile. */
  Path file(String profile) {
    return directory.resolve("keys").resolve(profile);
  }

  private ApiKey fromFile(Profile profile) throws IOException {
    try {
      return key(profile, Files.readString(file(profile.name())), "its file");
    } catch (NoSuchFileException _) {
      throw missing(profile, "its file");
    }
  }

  private static ApiKey found(Profile profile, Answer answer, String where) {
    if (!answer.isGood()) {
      throw missing(profile, where);
    }
    return key(profile, answer.out(), where);
  }

  private static ApiKey key(Profile profile, String text, String where) {
    try {
      return new ApiKey(text.strip());
    } catch (IllegalArgumentException _) {
      throw missing(profile, where);
    }
  }

  private static Problem missing(Profile profile, String where) {
    return new Problem(Exit.AUTH, "%s gives no key for %s".formatted(where, profile.name()));
  }

  /** The program that asks the keyring, if it is installed. */
  private Optional<String> tool() {
    return around
        .variable("PATH")
        .flatMap(path ->
            Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, TOOL))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst());
  }

  private List<String> words(Profile profile, String verb) {
    String tool =
        tool().orElseThrow(() -> new Problem(Exit.AUTH, "%s is not installed".formatted(TOOL)));
    return words(tool, profile.name(), verb);
  }

  private static List<String> words(String tool, String profile, String... verb) {
    return Stream.of(
            List.of(tool), List.of(verb), List.of("service", "consigne", "profile", profile))
        .flatMap(List::stream)
        .toList();
  }

  /** What a process printed, and whether it ended well. */
  private record Answer(boolean isGood, String out) {
    @Override
    public String toString() {
      return "Answer[isGood=%s, out=hidden]".formatted(isGood);
    }
  }

  private Answer run(List<String> command, @Nullable ApiKey input) throws IOException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(around.environment());
    if (input == null) {
      builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    }
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      if (input != null) {
        in.write(input.reveal().getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException _) {
      // It ended without reading; its exit code tells.
    }
    try {
      String out = read(process).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw late(command);
      }
      return new Answer(process.exitValue() == 0, out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a key was asked for");
    } catch (ExecutionException _) {
      return new Answer(false, "");
    } catch (TimeoutException _) {
      throw late(command);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Problem late(List<String> command) {
    boolean own = command.getFirst().equals(SHELL);
    return new Problem(
        Exit.AUTH,
        "%s has not ended after %d s"
            .formatted(own ? "the command for the key" : TOOL, patience.toSeconds()),
        "a keyring may wait to be unlocked");
  }

  /** What it prints, read aside: it may print nothing for ever. */
  private static Future<String> read(Process process) {
    var reading =
        new FutureTask<>(
            () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    Thread.ofPlatform().name("key").daemon().start(reading);
    return reading;
  }
}
