package io.consigne.server.commands;

import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.server.DataDirectory;
import io.consigne.server.Host;
import io.consigne.server.admin.AdminAnswer;
import io.consigne.server.admin.AdminRequest;
import io.consigne.server.admin.AdminSocket;
import io.consigne.server.config.HostConfig;
import io.consigne.server.config.HostOptions;
import io.consigne.server.config.Options;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What the administration commands have in common: which host is meant, and the way to it. The
 * running server is asked; if none runs, the command does it itself.
 */
abstract class Operator extends HostTool {
  /** The account that a command is about, and what it is. */
  static final String ACCOUNT = "ACCOUNT";

  static final String ACCOUNT_IS = "The account's e-mail, such as alice@example.org.";

  @Spec CommandSpec spec;

  @Mixin final CommandSpec options = HostOptions.of(List.of(Options.DATA, Options.DB));

  @Option(names = "--yes", description = "Do it without asking.")
  boolean yes;

  /** Carries out a request and prints what comes of it; returns the exit code. */
  final int execute(AdminRequest.Quick request) throws IOException {
    return print(answer(request));
  }

  /** Prints an answer; returns the exit code. */
  final int print(AdminAnswer answer) {
    if (answer.done()) {
      spec.commandLine().getOut().println(answer.text());
      return 0;
    }
    spec.commandLine().getErr().println("consigne: " + answer.text());
    return 1;
  }

  /** Has the running server carry out a request, or does it itself. */
  final AdminAnswer answer(AdminRequest.Quick request) throws IOException {
    HostConfig config = HostOptions.read(spec, System.getenv());
    HostConfig.Storage storage = config.storage();
    if (storage.db() != null) {
      try (Database database = Databases.postgresAsItIs(storage.db())) {
        return Host.administration(database).execute(request);
      }
    }
    var place = new HostPlace(spec, storage);
    Path socket = DataDirectory.adminSocket(place.directory());
    Optional<AdminAnswer> asked = AdminSocket.ask(socket, request);
    return asked.isPresent() ? asked.get() : alone(place, request);
  }

  private static AdminAnswer alone(HostPlace place, AdminRequest.Quick request) throws IOException {
    try (DataDirectory directory = place.lock().orElseThrow(place::busy);
        Database database = Databases.sqliteAsItIs(directory.files().database())) {
      return Host.administration(database).execute(request);
    }
  }

  /**
   * The duration that was given to a command's own option.
   *
   * @throws ParameterException if it is none
   */
  final Duration duration(String flag, String text) {
    return HostOptions.duration(spec, flag, text);
  }

  /**
   * Asks before something that cannot be undone; refuses where nobody can be asked.
   *
   * @throws IOException unless the answer is yes
   */
  final void confirm(String question) throws IOException {
    if (yes) {
      return;
    }
    Console console =
        Terminal.person()
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(), question + " Nobody can be asked here: say --yes"));
    if (!Terminal.isYes(console.readLine("%s [y/N] ", question))) {
      throw new IOException("nothing was done");
    }
  }
}
