package io.consigne.server.commands;

import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.db.PostgresAddress;
import io.consigne.core.failure.FailureException;
import io.consigne.core.upkeep.BackupCheck;
import io.consigne.core.upkeep.Damage;
import io.consigne.server.admin.AdminAnswer;
import io.consigne.server.admin.AdminLine;
import io.consigne.server.admin.UpkeepRequest;
import io.consigne.server.admin.UpkeepRequest.Task;
import io.consigne.server.admin.UpkeepRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--verify",
      description =
          "Copy nothing: read the backup in DIR completely, and tell what is missing or damaged."
              + " With --db for a backup of the store alone.")
  boolean verify;

  @Override
  public Integer call() throws IOException {
    Path to = directory.toAbsolutePath().normalize();
    if (verify) {
      return verify(to);
    }
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
    return run(
        new UpkeepRequest(task, to.toString()),
        new CopyWords("The backup in " + to + " is complete"));
  }

  private int verify(Path backup) throws IOException {
    if (blobsOnly || prune) {
      throw new ParameterException(
          spec.commandLine(), "--verify reads what is there: it goes without other options");
    }
    PostgresAddress db = storage().db();
    return run(lines -> verified(backup, db, lines), new VerifyWords(backup));
  }

  private static AdminAnswer verified(
      Path backup, @Nullable PostgresAddress db, Consumer<AdminLine> lines) throws IOException {
    var check = new BackupCheck(backup, new UpkeepRequests.Lines<Damage>(lines));
    try (Database server = db == null ? null : Databases.postgres(db)) {
      return new AdminAnswer(true, JSON.writeValueAsString(check.run(server)));
    } catch (FailureException e) {
      return new AdminAnswer(false, e.failure().message());
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }
}
