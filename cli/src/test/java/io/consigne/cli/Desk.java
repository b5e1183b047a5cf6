package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.core.uploads.Dedupe;
import io.consigne.server.Host;
import io.consigne.server.config.HostConfig;
import io.consigne.server.config.ListenAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A person's home directory, a real host, and commands that are run there. */
final class Desk implements AutoCloseable {
  private static final HostConfig.Scrubbing NO_SCRUB =
      new HostConfig.Scrubbing(Duration.ZERO, Long.MAX_VALUE);

  private final Path home;
  private final Host host;
  private final String key;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private String typed = "";
  private boolean person;

  Desk(Path home) throws IOException {
    this(home, new HostConfig.Tls.None());
  }

  Desk(Path home, HostConfig.Tls tls) throws IOException {
    this(home, tls, new HostConfig.Fetches(16, List.of(), Set.of(), Set.of(), true));
  }

  /** With a host that fetches from where {@code fetches} says. */
  Desk(Path home, HostConfig.Tls tls, HostConfig.Fetches fetches) throws IOException {
    this.home = Files.createDirectories(home);
    var web =
        new HostConfig.Web(
            new ListenAddress("127.0.0.1", 0), null, tls, List.of(), Duration.ofSeconds(1));
    this.host =
        Host.start(
            new HostConfig(
                new HostConfig.Storage(home.resolve("host"), null, Dedupe.ACCOUNT, NO_SCRUB),
                web,
                new HostConfig.Rules(
                    false,
                    false,
                    null,
                    new HostConfig.Watch(true, HostConfig.FloodStyle.WAIT),
                    new HostConfig.Keeping(false, Duration.ofDays(400)),
                    fetches,
                    null),
                null));
    this.key = host.firstKey().orElseThrow().reveal();
    host.firstKeyWasShown();
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("CONSIGNE_API_KEY", key);
    environment.put("CONSIGNE_URL", host.url());
  }

  Path path(String name) {
    return home.resolve(name);
  }

  String key() {
    return key;
  }

  String url() {
    return host.url();
  }

  Map<String, String> environment() {
    return environment;
  }

  /** What is on the standard input of the next commands. */
  Desk typing(String text) {
    typed = text;
    return this;
  }

  /** Whether somebody sits there, who can be asked. */
  Desk attended(boolean somebody) {
    person = somebody;
    return this;
  }

  /** Makes another account on the host, and answers its key. */
  String account(String email) {
    String data = home.resolve("host").toString();
    return key(Run.of("account", "add", email, "--plan", "premium", "--data", data));
  }

  /** Makes a key of the first account that can only read, and ends in five days. */
  String restrictedKey() {
    return key(
        Run.of(
            "key",
            "add",
            "admin",
            "phone",
            "--scopes=read",
            "--expires=5d",
            "--data=" + home.resolve("host")));
  }

  /** The lines of the host's log that tell of an action. */
  List<String> audit(String action) {
    return Run.of("audit", "admin", "--data=" + home.resolve("host"))
        .out()
        .lines()
        .filter(line -> line.contains(action))
        .toList();
  }

  /** The key that a command shows. */
  private static String key(Run run) {
    return run.out()
        .lines()
        .filter(line -> line.contains("csg_"))
        .map(line -> line.substring(line.indexOf("csg_")).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError(run));
  }

  /** A local file. */
  Path write(String name, String content) throws IOException {
    Path file = path(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** Runs a command in this process. */
  Run run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var around =
        new Surroundings(
            environment, new ByteArrayInputStream(typed.getBytes(UTF_8)), out, person, false);
    return Run.within(around, out, arguments);
  }

  /** The standard output of a command that must end well. */
  String good(String... arguments) {
    Run run = run(arguments);
    if (run.exitCode() != 0) {
      throw new AssertionError(run);
    }
    return run.out();
  }

  /** Copies a file into a folder as other programs do, whatever is there. */
  void copyTo(String folder, String link) throws IOException {
    try (var client =
        new Client(ClientConfig.of(URI.create(url()), new ApiKey(key)).stateIn(home))) {
      FolderId id = FolderId.ROOT;
      for (String name : RemotePath.of(folder).names()) {
        id = client.folders().make(id, name);
      }
      client.files().copy(List.of(new FileLink(link)), id, null);
    }
  }

  /**
   * A command as a process of its own. It hears Ctrl-C, also where the tests run in the background
   * of a shell, which lets no child hear it.
   */
  ProcessBuilder process(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                "/usr/bin/env",
                "--default-signal=INT",
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.consigne.cli.Main"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  @Override
  public void close() {
    host.close();
  }
}
