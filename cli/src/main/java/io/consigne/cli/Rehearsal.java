package io.consigne.cli;

import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Does what most starts do, without showing it, so that the JVM can record it: the launcher runs
 * this once after a build to make the AOT caches (JEP 514) of the client and of the host that it
 * talks to. The arguments are the command that starts a host.
 */
final class Rehearsal {
  private static final PrintWriter NOWHERE =
      new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  private static final int FILES = 20;

  private final Surroundings around;
  private final Path local;

  private Rehearsal(Surroundings around, Path local) {
    this.around = around;
    this.local = local;
  }

  static void main(String[] arguments) throws IOException {
    NOWHERE.println(Version.ofThisBuild());
    Main.begin("ls");
    Path directory = Files.createTempDirectory("consigne-rehearsal");
    try (var host = RehearsedHost.start(Arrays.asList(arguments), directory.resolve("data"))) {
      new Rehearsal(around(host, directory), directory.resolve("local")).use();
    } finally {
      remove(directory);
    }
  }

  private static Surroundings around(RehearsedHost host, Path directory) throws IOException {
    return new Surroundings(
        Map.of(
            "CONSIGNE_API_KEY", host.key(),
            "CONSIGNE_URL", host.url(),
            "CONSIGNE_CACERT", host.authority().toString(),
            "CONSIGNE_CLI_PATIENCE", "0s",
            "XDG_STATE_HOME", directory.toString(),
            "XDG_CACHE_HOME", directory.toString(),
            "XDG_CONFIG_HOME", directory.toString()),
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        false,
        false);
  }

  /** What people do most. */
  private void use() throws IOException {
    Path files = Files.createDirectories(local.resolve("files"));
    for (int i = 0; i < FILES; i++) {
      Files.write(files.resolve("file " + i), new byte[10_000 + i]);
    }
    run("put", "-r", files.toString(), "/");
    run("put", "--if-exists", "replace", files.resolve("file 1").toString(), "/files/");
    run("ls", "-l", "/files");
    run("ls", "--json", "/files");
    run("ls", "-R", "/");
    run("stat", "/files/file 1");
    run("get", "-r", "/files", local.resolve("got").toString());
    run("sync", files.toString(), ":/synced");
    run("sync", files.toString(), ":/synced");
    run("rm", "--yes", "-r", "/files");
  }

  private void run(String... arguments) throws IOException {
    int exit =
        Program.forArguments(around, arguments)
            .setOut(NOWHERE)
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments);
    if (exit != 0) {
      throw new IOException(String.join(" ", arguments) + " ended with " + exit);
    }
  }

  private static void remove(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
