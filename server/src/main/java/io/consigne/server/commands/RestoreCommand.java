package io.consigne.server.commands;

import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.failure.FailureException;
import io.consigne.core.upkeep.BackupReport;
import io.consigne.core.upkeep.Damage;
import io.consigne.core.upkeep.Restore;
import io.consigne.server.DataDirectory;
import io.consigne.server.admin.AdminAnswer;
import io.consigne.server.admin.AdminLine;
import io.consigne.server.admin.UpkeepRequests;
import io.consigne.server.config.HostConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code consigne restore}: makes a host of a backup. */
@Command(
    name = "restore",
    description = "Make a host, in a new directory, of a backup; each byte is checked.",
    mixinStandardHelpOptions = true)
public final class RestoreCommand extends UpkeepTool {

  @Parameters(paramLabel = "DIR", description = "The directory of the backup.")
  Path directory;

  @Override
  public Integer call() throws IOException {
    HostConfig.Storage storage = storage();
    return run(
        lines -> restore(storage, lines),
        new CopyWords("The host in " + storage.data() + " is restored"));
  }

  private AdminAnswer restore(HostConfig.Storage storage, Consumer<AdminLine> lines)
      throws IOException {
    try (DataDirectory data = DataDirectory.lockToFill(storage.data())) {
      var restore = new Restore(directory, data.files(), new UpkeepRequests.Lines<Damage>(lines));
      BackupReport report;
      if (storage.db() == null) {
        report = restore.run(null);
      } else {
        try (Database server = Databases.postgres(storage.db())) {
          report = restore.run(server);
        }
      }
      data.finish();
      return AdminAnswer.reported(report);
    } catch (FailureException e) {
      return new AdminAnswer(false, e.failure().message());
    } catch (UncheckedIOException e) {
      IOException fault = Objects.requireNonNull(e.getCause());
      throw fault instanceof FileSystemException
          ? fault
          : new IOException(
              "the restore into %s is not complete: %s"
                  .formatted(storage.data(), fault.getMessage()),
              fault);
    }
  }
}
