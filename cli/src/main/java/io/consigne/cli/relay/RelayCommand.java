package io.consigne.cli.relay;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs a relay, alone or around one command. */
@Command(
    name = RelayCommand.NAME,
    description = "Let a program that knows only 1fichier.com reach your host.",
    footer = {
      "",
      "For example, rclone's backend for 1fichier with a host that runs \"serve --tls-self\":",
      "  consigne relay --to 127.0.0.1:8080 --ca consigne-ca.pem -- rclone lsd fichier:",
      "",
      "Without a command, the relay prints what to export in another shell, and runs until"
          + " stopped.",
      "It listens for HTTPS to 1fichier.com and the hosts below it, and refuses everything else."
    })
public final class RelayCommand implements Callable<Integer> {
  /** How it is called. */
  public static final String NAME = "relay";

  @Spec CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "Where your host listens for HTTPS.")
  HostPort target;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:0",
      converter = HostPortConverter.class,
      description = "Where the relay listens; port 0 is any free one. Default: ${DEFAULT-VALUE}")
  HostPort listen;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificate authority (PEM) of your host, if it is a private one.")
  @Nullable Path authority;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "What to run through the relay, with its arguments.")
  List<String> command = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (authority != null && !Files.isReadable(authority)) {
      throw new NoSuchFileException(authority.toString());
    }
    if (TlsProbe.isPlain(target)) {
      note(
          "consigne: %s listens without TLS, and programs reach 1fichier.com by TLS alone: "
                  .formatted(target)
              + "\"consigne serve --tls-self\" starts it with TLS");
    }
    try (var relay = Relay.start(listen, target)) {
      var environment = ClientEnvironment.of(relay.address(), authority);
      if (!command.isEmpty()) {
        return new ChildProcess(command, environment).run();
      }
      announce(environment);
      relay.awaitClose();
      return ExitCode.OK;
    }
  }

  private void announce(ClientEnvironment environment) {
    PrintWriter out = spec.commandLine().getOut();
    environment.shellLines().forEach(out::println);
    out.flush();
    note("Leading 1fichier.com to " + target + " until stopped.");
  }

  private void note(String sentence) {
    PrintWriter notes = spec.commandLine().getErr();
    notes.println(sentence);
    notes.flush();
  }

  /** Reads {@code HOST:PORT}. */
  static final class HostPortConverter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      try {
        return HostPort.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
