package io.consigne.server.commands;

import io.consigne.core.upkeep.Progress;
import io.consigne.server.DataDirectory;
import io.consigne.server.OfflineHost;
import io.consigne.server.admin.AdminAnswer;
import io.consigne.server.admin.AdminLine;
import io.consigne.server.admin.AdminSocket;
import io.consigne.server.admin.UpkeepRequest;
import io.consigne.server.config.HostConfig;
import io.consigne.server.config.HostOptions;
import io.consigne.server.config.Options;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the long tasks have in common: the running server does them, and if none runs the command
 * itself; a bar shows how far they are; they end with one of these exit codes.
 */
@Command(
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All is well.",
      "1:It could not be done.",
      "2:The command line makes no sense.",
      "3:It was done, and something is damaged or wrong, or could not be looked at."
    })
abstract class UpkeepTool extends HostTool implements Callable<Integer> {
  /** All is well. */
  static final int WELL = 0;

  /** It could not be done. */
  static final int NOT_DONE = 1;

  /** It was done, but not all is well. */
  static final int FAULTS = 3;

  private static final Duration PAUSE = Duration.ofMillis(500);

  static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec CommandSpec spec;

  @Mixin final CommandSpec options = HostOptions.of(List.of(Options.DATA, Options.DB));

  @Option(
      names = "--json",
      description = "Print a JSON object a line: findings, then the report; nothing else.")
  boolean json;

  /** Reads what a line or an answer holds. */
  static <T> T read(JsonNode value, Class<T> type) {
    return JSON.treeToValue(value, type);
  }

  final HostConfig.Storage storage() {
    return HostOptions.read(spec, System.getenv()).storage();
  }

  /** Has a task done, and prints what it finds and what comes of it; returns the exit code. */
  final int run(UpkeepRequest request, Wording wording) throws IOException {
    return run(lines -> answer(request, lines), wording);
  }

  /** Has something done of which people are told alone why it could not be done; empty then. */
  final Optional<String> ask(UpkeepRequest request) throws IOException {
    AdminAnswer answer = answer(request, line -> {});
    if (!answer.done()) {
      spec.commandLine().getErr().println("consigne: " + answer.text());
      return Optional.empty();
    }
    return Optional.of(read(report(answer), String.class));
  }

  /** Runs a task, and prints what it finds and what comes of it; returns the exit code. */
  final int run(Work work, Wording wording) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    var bar = new ProgressBar(err, Terminal.person().isPresent(), System::nanoTime);
    AdminAnswer answer =
        work.run(line -> {
          if (line.kind() == AdminLine.Kind.PROGRESS) {
            bar.show(read(line.value(), Progress.class));
          } else {
            bar.clear();
            print("finding", line.value(), json ? "" : wording.finding(line.value()));
          }
        });
    bar.clear();
    if (!answer.done()) {
      err.println("consigne: " + answer.text());
      return NOT_DONE;
    }
    Outcome outcome = wording.report(report(answer));
    print("report", report(answer), outcome.text());
    return outcome.exit();
  }

  private static JsonNode report(AdminAnswer answer) {
    return Objects.requireNonNull(answer.report());
  }

  private void print(String name, JsonNode asJson, String forPeople) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writeValueAsString(Map.of(name, asJson)));
    } else if (!forPeople.isEmpty()) {
      out.println(forPeople);
    }
    out.flush();
  }

  /** How long a host that starts or stops is waited for. */
  Duration patience() {
    return Duration.ZERO;
  }

  /** Has the running server do it, or does it where none runs. */
  final AdminAnswer answer(UpkeepRequest request, Consumer<AdminLine> lines) throws IOException {
    var place = new HostPlace(spec, storage());
    Path socket = DataDirectory.adminSocket(place.directory());
    long end = System.nanoTime() + patience().toNanos();
    while (true) {
      Optional<AdminAnswer> asked = AdminSocket.ask(socket, request, lines);
      if (asked.isPresent()) {
        return asked.get();
      }
      Optional<DataDirectory> locked = place.lock();
      if (locked.isPresent()) {
        return alone(locked.get(), place.storage(), request, lines);
      }
      if (System.nanoTime() >= end) {
        throw place.busy();
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while a host started or stopped");
    }
  }

  private static AdminAnswer alone(
      DataDirectory locked,
      HostConfig.Storage storage,
      UpkeepRequest request,
      Consumer<AdminLine> lines) {
    try (DataDirectory directory = locked;
        OfflineHost host = new OfflineHost(directory, storage)) {
      return host.requests().execute(request, lines);
    }
  }

  /** Something that says how it goes on. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    AdminAnswer run(Consumer<AdminLine> lines) throws IOException;
  }

  /** What people read in place of JSON. */
  interface Wording {
    /** Tells of a finding at once; empty if the report does it. */
    String finding(JsonNode finding);

    /** Tells what came of the task. */
    Outcome report(JsonNode told);
  }

  /** The end of a task. */
  record Outcome(int exit, String text) {}
}
