package io.consigne.server.commands;

import io.consigne.core.upkeep.HostFiles;
import io.consigne.server.DataDirectory;
import io.consigne.server.config.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where the host is that a command is about; a command makes none.
 *
 * @param spec of the command
 */
record HostPlace(CommandSpec spec, HostConfig.Storage storage) {
  /**
   * The data directory, which a server may have.
   *
   * @throws IOException if this user may not enter it, so that nobody knows what is there
   */
  Path directory() throws IOException {
    Path data = storage.data();
    if (Files.isDirectory(data) ? !Files.isExecutable(data) : !Files.notExists(data)) {
      throw new IOException(
          Files.isRegularFile(data)
              ? data + " is a file: --data names a directory"
              : DataDirectory.closed(data));
    }
    if (!Files.isDirectory(data)) {
      throw missing();
    }
    return data;
  }

  /**
   * The data directory for this command alone, when no server answered there; empty if another
   * process has it: a host that starts or stops, or another command.
   */
  Optional<DataDirectory> lock() throws IOException {
    Path data = directory();
    if (storage.db() == null && !Files.exists(new HostFiles(data).database())) {
      throw missing();
    }
    return DataDirectory.lock(data);
  }

  /** What to say of a directory that another process has. */
  IOException busy() {
    return new IOException(
        "A host starts or stops in %s, or another command uses it: try again"
            .formatted(storage.data()));
  }

  private ParameterException missing() {
    return new ParameterException(
        spec.commandLine(),
        "There is no host in " + storage.data() + " (choose another with --data)");
  }
}
