package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs that other people use against a listener. */
final class Commands {
  private Commands() {}

  /** Exit code and everything that was printed. */
  record Result(int code, String output) {}

  static Result run(Path directory, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command[0] + " did not end: " + output);
    }
    return new Result(process.exitValue(), output);
  }

  /** Runs a command that must succeed. */
  static String ok(Path directory, String... command) throws IOException, InterruptedException {
    Result result = run(directory, command);
    if (result.code() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + result.output());
    }
    return result.output();
  }
}
