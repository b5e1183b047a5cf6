package io.consigne.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host with TLS for a rehearsal. It is a process of its own, so that it can be recorded, too. */
final class RehearsedHost implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("Consigne serves .* at (https://\\S+)");

  private final Process process;
  private final String url;
  private final Path data;

  private RehearsedHost(Process process, String url, Path data) {
    this.process = process;
    this.url = url;
    this.data = data;
  }

  /** Starts {@code command}, which is to take options of {@code consigne serve}. */
  static RehearsedHost start(List<String> command, Path data) throws IOException {
    var all = new ArrayList<>(command);
    all.addAll(List.of("--data", data.toString(), "--listen", "127.0.0.1:0", "--tls-self"));
    all.addAll(List.of("--limits", "off", "--key-file", data.resolve("key").toString()));
    Process process =
        new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Matcher address = ADDRESS.matcher(String.valueOf(said.readLine()));
    if (!address.matches()) {
      process.destroy();
      throw new IOException("the host does not start: " + command);
    }
    return new RehearsedHost(process, address.group(1), data);
  }

  String url() {
    return url;
  }

  /** The key of its account. */
  String key() throws IOException {
    return Files.readString(data.resolve("key")).strip();
  }

  /** Whom clients must trust. */
  Path authority() {
    return data.resolve("tls/ca.pem");
  }

  /** Stops it, and returns when its record is written. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the host stops", e);
    }
  }
}
