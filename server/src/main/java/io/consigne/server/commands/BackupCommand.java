package io.consigne.server.commands;

import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.db.PostgresAddress;
import io.consigne.core.failure.FailureException;
import io.consigne.core.upkeep.Backup;
import io.consigne.core.upkeep.BackupCheck;
import io.consigne.core.upkeep.Damage;
import io.consigne.server.admin.AdminAnswer;
import io.consigne.server.admin.AdminLine;
import io.consigne.server.admin.UpkeepRequest;
import io.consigne.server.admin.UpkeepRequests;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
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
      names = "--dump",
      paramLabel = "COMMAND",
      description =
          "With --blobs-only and --db: what dumps the database, such as 'pg_dump --file=…'; for the"
              + " shell. The programs of PostgreSQL find the address in their environment (PGHOST,"
              + " …). Nothing that the dump names is deleted until it is copied.")
  @Nullable String dump;

  @Option(
      names = "--prune",
      description =
          "With --dump: remove from DIR what neither the database nor this dump needs any more.")
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
      throw new ParameterException(spec.commandLine(), Backup.NO_FILE);
    }
    checkBlobsOnly();
    return dump == null ? copy(to) : dumpAndCopy(to, dump, address());
  }

  /** Each night a host may just be brought up to date, which takes minutes. */
  @Override
  Duration patience() {
    return Duration.ofMinutes(1);
  }

  private void checkBlobsOnly() {
    if ((prune || dump != null) && !blobsOnly) {
      throw new ParameterException(
          spec.commandLine(),
          (prune ? "--prune" : "--dump")
              + " is for --blobs-only; any other backup does it by itself");
    }
    if (prune && dump == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--prune goes with --dump: what is removed may be what an older dump needs");
    }
  }

  private PostgresAddress address() {
    PostgresAddress db = storage().db();
    if (db == null) {
      throw new ParameterException(
          spec.commandLine(), "--dump needs --db: what is dumped may else be another database");
    }
    return db;
  }

  private int copy(Path to) throws IOException {
    UpkeepRequest request =
        blobsOnly
            ? new UpkeepRequest.BackupBlobs(to.toString(), prune)
            : new UpkeepRequest.Backup(to.toString());
    return run(
        lines -> {
          Manifest before = Manifest.in(to);
          AdminAnswer answer = answer(request, lines);
          return answer.done() && before.isStillIn(to) ? elsewhere(to) : answer;
        },
        new CopyWords("The backup in " + to + " is complete"));
  }

  /** A service may have a /tmp of its own, which is gone when it ends. */
  private static AdminAnswer elsewhere(Path to) {
    return new AdminAnswer(
        false,
        "the running host made a backup in "
            + to
            + ", but sees another directory there than this command: choose one outside of /tmp and"
            + " /home");
  }

  /** What the dump names stays until it is copied; if this is killed, for a day. */
  private int dumpAndCopy(Path to, String command, PostgresAddress db) throws IOException {
    Optional<String> hold = ask(new UpkeepRequest.Hold());
    if (hold.isEmpty()) {
      return NOT_DONE;
    }
    boolean held = false;
    int exit;
    try {
      exit = isDumped(command, db) ? copy(to) : NOT_DONE;
    } finally {
      held = ask(new UpkeepRequest.Release(hold.get())).isPresent();
    }
    return held ? exit : NOT_DONE;
  }

  private boolean isDumped(String command, PostgresAddress db) throws IOException {
    int exit = shell(command, db);
    if (exit != 0) {
      spec.commandLine()
          .getErr()
          .println("consigne: the dump ended with " + exit + ", nothing was copied: " + command);
    }
    return exit == 0;
  }

  /** What the command prints goes where talk goes. */
  private static int shell(String command, PostgresAddress db) throws IOException {
    var shell = new ProcessBuilder("/bin/sh", "-c", "exec 1>&2\n" + command).inheritIO();
    db.nameIn(shell.environment());
    Process process = shell.start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw new InterruptedIOException("interrupted while the database was dumped");
    }
  }

  private int verify(Path backup) throws IOException {
    if (blobsOnly || prune || dump != null) {
      throw new ParameterException(
          spec.commandLine(), "--verify reads what is there: it goes without other options");
    }
    PostgresAddress db = storage().db();
    return run(lines -> verified(backup, db, lines), new VerifyWords(backup));
  }

  private static AdminAnswer verified(
      Path backup, @Nullable PostgresAddress db, Consumer<AdminLine> lines) throws IOException {
    var check = new BackupCheck(backup, new UpkeepRequests.Lines<Damage>(lines));
    try (Database server = db == null ? null : Databases.postgresAsItIs(db)) {
      return AdminAnswer.reported(check.run(server));
    } catch (FailureException e) {
      return new AdminAnswer(false, e.failure().message());
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /**
   * The manifest that a directory shows, which each backup puts in place last.
   *
   * @param from when it was put there; null if there is none
   * @param seen whether the directory could be looked at
   */
  private record Manifest(@Nullable FileTime from, boolean seen) {
    static Manifest in(Path backup) {
      try {
        return new Manifest(Files.getLastModifiedTime(backup.resolve("manifest")), true);
      } catch (NoSuchFileException e) {
        return new Manifest(null, true);
      } catch (IOException e) {
        return new Manifest(null, false);
      }
    }

    boolean isStillIn(Path backup) {
      Manifest now = in(backup);
      return now.seen && Objects.equals(now.from, from);
    }
  }
}
