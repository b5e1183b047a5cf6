package io.consigne.server.commands;

import io.consigne.core.upkeep.HostFiles;
import io.consigne.server.DataDirectory;
import io.consigne.server.config.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where the host is that a command is about; a command makes none.
 *
 * @param spec of the command
 */
record HostPlace(CommandSpec spec, HostConfig.Storage storage) {
  /** The data directory, which a server may have. */
  Path directory() {
    if (!Files.isDirectory(storage.data())) {
      throw missing();
    }
    return storage.data();
  }

  /** The data directory for this command alone, when no server answered there. */
  DataDirectory lock() throws IOException {
    Path data = directory();
    if (storage.db() == null && !Files.exists(new HostFiles(data).database())) {
      throw missing();
    }
    return DataDirectory.lock(data)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "Another process uses " + data + " and does not answer; try again"));
  }

  private ParameterException missing() {
    return new ParameterException(
        spec.commandLine(),
        "There is no host in " + storage.data() + " (choose another with --data)");
  }
}
