package io.consigne.server.commands;

import io.consigne.server.admin.UpkeepRequest;
import io.consigne.server.admin.UpkeepRequest.Task;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code consigne backup}: copies a host. */
@Command(
    name = "backup",
    description =
        "Copy a host, running or not; what the directory has already is not copied again.",
    mixinStandardHelpOptions = true)
public final class BackupCommand extends UpkeepTool {
  @Parameters(
      paramLabel = "DIR",
      description = "Where to: a directory that is new or empty, or has a backup of this host.")
  Path directory;

  @Option(
      names = "--blobs-only",
      description = "Without the database, which pg_dump copies; see docs/operating.md.")
  boolean blobsOnly;

  @Option(
      names = "--prune",
      description = "With --blobs-only: remove from DIR what the database does not need any more.")
  boolean prune;

  @Override
  public Integer call() throws IOException {
    if (storage().db() != null && !blobsOnly) {
      throw new ParameterException(
          spec.commandLine(),
          "A PostgreSQL database is copied by its own tools: run backup --blobs-only, then"
              + " pg_dump, then backup --blobs-only again");
    }
    if (prune && !blobsOnly) {
      throw new ParameterException(
          spec.commandLine(), "--prune is for --blobs-only; any other backup does it by itself");
    }
    Task task = blobsOnly ? prune ? Task.BACKUP_BLOBS_PRUNE : Task.BACKUP_BLOBS : Task.BACKUP;
    Path to = directory.toAbsolutePath().normalize();
    return run(
        new UpkeepRequest(task, to.toString()),
        new CopyWords("The backup in " + to + " is complete"));
  }
}
