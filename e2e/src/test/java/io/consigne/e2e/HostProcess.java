package io.consigne.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host that {@code ./consigne serve} runs, on a free port of the loopback address. */
public final class HostProcess implements AutoCloseable {
  private static final Pattern STARTED =
      Pattern.compile("Consigne serves .* at (https?)://127\\.0\\.0\\.1:([0-9]+)");

  private final Process process;
  private final Path data;
  private final int port;
  private final String url;

  private HostProcess(Process process, Path data, Matcher started) {
    this.process = process;
    this.data = data;
    this.port = Integer.parseInt(started.group(2));
    this.url = started.group(1) + "://127.0.0.1:" + port;
  }

  /**
   * Starts a host and waits until it listens. The first start writes the key to a file. Limits are
   * off unless an option switches them on.
   */
  public static HostProcess start(Path data, String... options) {
    return startUnder(List.of(), data, options);
  }

  /** Starts a host as a child of another program, which is given its command line. */
  public static HostProcess startUnder(List<String> program, Path data, String... options) {
    var arguments = new ArrayList<>(List.of("serve", "--data=" + data, "--listen=127.0.0.1:0"));
    if (!List.of(options).contains("--limits=on")) {
      arguments.add("--limits=off");
    }
    if (!Files.exists(keyFile(data))) {
      arguments.add("--key-file=" + keyFile(data));
    }
    arguments.addAll(List.of(options));
    ProcessBuilder builder = Launcher.command(arguments);
    builder.command().addAll(0, program);
    try {
      Process process =
          builder.redirectError(data.resolveSibling(data.getFileName() + ".log").toFile()).start();
      return new HostProcess(process, data, awaitStart(process, data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a host and kills it so much later, whether it has started or not. */
  public static void killWhileStarting(Path data, Duration later) {
    try {
      Process process =
          Launcher.command(List.of("serve", "--data=" + data, "--listen=127.0.0.1:0"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(later.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("the host ended with " + process.exitValue());
      }
      process.destroyForcibly().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Matcher awaitStart(Process process, Path data) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = STARTED.matcher(line);
      if (matcher.matches()) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
        return matcher;
      }
    }
    throw new AssertionError("the host did not start: " + log(data));
  }

  private static String log(Path data) throws IOException {
    return Files.readString(data.resolveSibling(data.getFileName() + ".log"));
  }

  /** Where the key of the first start is. */
  public static Path keyFile(Path data) {
    return data.resolveSibling(data.getFileName() + ".key");
  }

  /** The master key of the account {@code admin}. */
  public String key() {
    try {
      return Files.readString(keyFile(data)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path data() {
    return data;
  }

  public int port() {
    return port;
  }

  public String url() {
    return url;
  }

  /** What the host wrote to its log. */
  public String log() {
    try {
      return log(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Process process() {
    return process;
  }

  /** Ends the host without any warning, as a power cut would end it. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** Stops the host as an operator does. */
  @Override
  public void close() {
    process
        .descendants()
        .findFirst()
        .ifPresentOrElse(ProcessHandle::destroy, () -> process.destroy());
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the host did not stop");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
