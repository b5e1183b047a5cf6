package io.consigne.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unmodified rclone with its {@code fichier} backend, led to a host by {@code consigne relay}.
 */
final class Rclone implements AutoCloseable {
  private static final Pattern PROXY = Pattern.compile("export HTTPS_PROXY='?([^' ]+)'?");

  private final Process relay;
  private final String proxy;
  private final String key;
  private final Path authority;
  private final Path home;

  private Rclone(Process relay, String proxy, HostProcess host, Path home) {
    this.relay = relay;
    this.proxy = proxy;
    this.key = host.key();
    this.authority = authority(host);
    this.home = home;
  }

  private static Path authority(HostProcess host) {
    return host.data().resolve("tls").resolve("ca.pem");
  }

  /** Leads rclone to a host that was started with {@code --tls-self}. */
  static Rclone leadTo(HostProcess host, Path home) {
    try {
      Process relay =
          Launcher.command(
                  List.of("relay", "--to=127.0.0.1:" + host.port(), "--ca=" + authority(host)))
              .redirectError(home.resolve("relay.log").toFile())
              .start();
      return new Rclone(relay, awaitProxy(relay), host, home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String awaitProxy(Process relay) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(relay.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = PROXY.matcher(line);
      if (matcher.find()) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
        return matcher.group(1);
      }
    }
    throw new AssertionError("the relay did not start");
  }

  /** Runs rclone to its end. */
  Launcher.Outcome run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** Runs rclone to its end, with more environment variables. */
  Launcher.Outcome run(Map<String, String> environment, String... arguments) {
    return Launcher.run(process(environment, arguments));
  }

  /** rclone, ready to be started. */
  ProcessBuilder process(Map<String, String> more, String... arguments) {
    var command = new ArrayList<>(List.of("rclone", "--config=" + home.resolve("rclone.conf")));
    command.addAll(List.of("--low-level-retries=3", "--retries=1"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("HTTPS_PROXY", proxy);
    environment.put("RCLONE_CA_CERT", authority.toString());
    environment.put("RCLONE_FICHIER_API_KEY", key);
    environment.putAll(more);
    return builder;
  }

  @Override
  public void close() {
    relay.destroy();
  }
}
