package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A PostgreSQL server of the system's packages, whose own pg_dump and pg_restore fit it: those of
 * an older version refuse a newer server.
 */
final class PostgresServer implements AutoCloseable {
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private PostgresServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server on a free port, with its data in a new directory. */
  static PostgresServer start(Path data) throws IOException {
    Launcher.run(
            new ProcessBuilder(
                server("initdb", "--pgdata=" + data, "--username=postgres", "--encoding=UTF8")))
        .good();
    int port = freePort();
    ProcessBuilder command =
        new ProcessBuilder(
            server(
                "postgres",
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-k",
                "",
                "-c",
                "listen_addresses=127.0.0.1"));
    Path log = data.resolveSibling(data.getFileName() + ".log");
    var server =
        new PostgresServer(
            command.redirectErrorStream(true).redirectOutput(log.toFile()).start(), port);
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> Launcher.run(server.client("pg_isready", "--quiet")).exit() == 0);
    } catch (ConditionTimeoutException e) {
      server.process.destroyForcibly();
      throw e;
    }
    return server;
  }

  /** A program of the server, which refuses to be root's. */
  private static List<String> server(String program, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(programs().resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Where the newest of the packages has its programs. */
  private static Path programs() throws IOException {
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
          .max(Comparator.comparingInt(PostgresServer::number))
          .orElseThrow(() -> new IOException("no PostgreSQL in " + PACKAGES))
          .resolve("bin");
    }
  }

  private static int number(Path version) {
    return Integer.parseInt(PACKAGES.relativize(version).toString());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A client's program with the address of this server in its environment. */
  private ProcessBuilder client(String program, String... arguments) {
    var command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("PGHOST", "127.0.0.1");
    builder.environment().put("PGPORT", Integer.toString(port));
    builder.environment().put("PGUSER", "postgres");
    return builder;
  }

  /** Makes an empty database, and returns its address. */
  String newDatabase(String name) {
    Launcher.run(client("createdb", name)).good();
    return "postgresql://postgres@127.0.0.1:" + port + "/" + name;
  }

  /** The rows that a query finds, a line each. */
  List<String> rows(String database, String query) {
    String out = Launcher.run(client("psql", "--no-psqlrc", "-Atc", query, database)).good();
    return out.lines().toList();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
