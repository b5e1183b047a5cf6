package io.consigne.cli;

import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import picocli.CommandLine;

/**
 * Does what every start does, without showing it, so that the JVM can record it: the launcher runs
 * this once after a build to make the AOT cache (JEP 514).
 */
final class Rehearsal {
  private static final PrintWriter NOWHERE =
      new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  private static final int HTTPS = 443;

  private Rehearsal() {}

  static void main(String[] arguments) throws IOException {
    CommandLine program = Program.forArguments();
    program.setOut(NOWHERE).setErr(NOWHERE);
    NOWHERE.println(Version.ofThisBuild());
    program.execute("--help");
    program.execute("completion", "bash");
    program.execute("relay", "--to", "nowhere");
    program.getSubcommands().keySet().forEach(name -> program.execute(name, "--help"));
    useHost();
    shakeHands();
  }

  /** The beginning of a connection to most hosts, up to where one would have to answer. */
  private static void shakeHands() throws IOException {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", HTTPS);
      engine.setUseClientMode(true);
      engine.beginHandshake();
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      NOWHERE.println(engine.wrap(ByteBuffer.allocate(0), hello));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Commands of a client, with a key that is none. */
  private static void useHost() throws IOException {
    Path state = Files.createTempDirectory("consigne-rehearsal");
    try (var host = EmptyHost.start()) {
      var environment =
          Map.of(
              "CONSIGNE_API_KEY", "rehearsal",
              "CONSIGNE_URL", host.url(),
              "CONSIGNE_CLI_PATIENCE", "0s",
              "XDG_STATE_HOME", state.toString(),
              "XDG_CONFIG_HOME", state.toString());
      var around =
          new Surroundings(
              environment,
              InputStream.nullInputStream(),
              OutputStream.nullOutputStream(),
              false,
              false);
      run(around, "ls", "-l");
      run(around, "ls", "--json");
      run(around, "get", "-r", "/", state.resolve("got").toString());
    } finally {
      remove(state);
    }
  }

  private static void run(Surroundings around, String... arguments) {
    Program.forArguments(around, arguments).setOut(NOWHERE).setErr(NOWHERE).execute(arguments);
  }

  private static void remove(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
