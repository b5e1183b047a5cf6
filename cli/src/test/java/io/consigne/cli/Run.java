package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.cli.talk.Surroundings;
import io.consigne.client.standin.StandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a command line printed, and how it ended. */
record Run(int exitCode, String out, String err) {

  static Run of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Program.forArguments(arguments)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }

  /** Of a command of the account that the stand-in has, by somebody who lives in {@code home}. */
  static Run against(StandIn host, Path home, String... arguments) {
    var out = new ByteArrayOutputStream();
    var around =
        new Surroundings(environment(host, home), InputStream.nullInputStream(), out, false, false);
    return within(around, out, arguments);
  }

  private static Map<String, String> environment(StandIn host, Path home) {
    return Map.of(
        "HOME", home.toString(),
        "CONSIGNE_URL", host.url().toString(),
        "CONSIGNE_API_KEY", "standin-key-of-alice");
  }

  /** The same as a process of its own, which prints into the file {@code said} of {@code home}. */
  static Process process(StandIn host, Path home, String said, String... arguments)
      throws IOException {
    var builder =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.consigne.cli.Main");
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().putAll(environment(host, home));
    return builder.redirectErrorStream(true).redirectOutput(home.resolve(said).toFile()).start();
  }

  /** Of a command that meets what a test says; {@code out} is its standard output. */
  static Run within(Surroundings around, ByteArrayOutputStream out, String... arguments) {
    var err = new ByteArrayOutputStream();
    int exitCode =
        Program.forArguments(around, arguments)
            .setOut(new PrintWriter(out, true, UTF_8))
            .setErr(new PrintWriter(err, true, UTF_8))
            .execute(arguments);
    return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
