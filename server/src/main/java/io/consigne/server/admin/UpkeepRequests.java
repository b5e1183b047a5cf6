package io.consigne.server.admin;

import io.consigne.core.db.DatabaseException;
import io.consigne.core.failure.FailureException;
import io.consigne.core.upkeep.HostFiles;
import io.consigne.core.upkeep.Progress;
import io.consigne.core.upkeep.ReadRate;
import io.consigne.core.upkeep.Upkeep;
import io.consigne.core.upkeep.Watcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Carries out the long tasks of the operator. */
public final class UpkeepRequests {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Upkeep upkeep;
  private final HostFiles files;

  /** Takes care of one host. */
  public UpkeepRequests(Upkeep upkeep, HostFiles files) {
    this.upkeep = upkeep;
    this.files = files;
  }

  /** Does it, and answers the report; or says why not. What {@code lines} throws ends the task. */
  public AdminAnswer execute(UpkeepRequest request, Consumer<AdminLine> lines) {
    try {
      return AdminAnswer.reported(perform(request, lines));
    } catch (FailureException e) {
      return new AdminAnswer(false, e.failure().message());
    } catch (DatabaseException e) {
      return new AdminAnswer(false, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return new AdminAnswer(false, sentence(request, e));
    }
  }

  private Object perform(UpkeepRequest request, Consumer<AdminLine> lines) {
    return switch (request) {
      case UpkeepRequest.Scrub(long bytesPerSecond, boolean anew) ->
          upkeep.scrub().run(ReadRate.of(bytesPerSecond), anew, new Lines<>(lines));
      case UpkeepRequest.ScrubStatus() -> upkeep.scrub().status(new Lines<>(lines));
      case UpkeepRequest.Fsck(boolean repair) -> upkeep.fsck().run(repair, new Lines<>(lines));
      case UpkeepRequest.Backup(String to) ->
          upkeep.backup().run(Path.of(to), files, new Lines<>(lines));
      case UpkeepRequest.BackupBlobs(String to, boolean prune) ->
          upkeep.backup().runBlobs(Path.of(to), files, prune, new Lines<>(lines));
      case UpkeepRequest.Hold() -> upkeep.backup().hold();
      case UpkeepRequest.Release(String hold) -> {
        upkeep.backup().release(hold);
        yield "";
      }
    };
  }

  private static String sentence(UpkeepRequest request, UncheckedIOException fault) {
    IOException cause = Objects.requireNonNull(fault.getCause());
    String sentence = FileFaults.sentence(cause);
    return FileFaults.isTold(cause) ? sentence : undone(request) + sentence;
  }

  /** What was not done, since a fault without the name of a file does not tell. */
  private static String undone(UpkeepRequest request) {
    return switch (request) {
      case UpkeepRequest.Backup(String to) -> incomplete(to);
      case UpkeepRequest.BackupBlobs(String to, _) -> incomplete(to);
      case UpkeepRequest.Scrub _,
          UpkeepRequest.ScrubStatus _,
          UpkeepRequest.Fsck _,
          UpkeepRequest.Hold _,
          UpkeepRequest.Release _ ->
          "";
    };
  }

  private static String incomplete(String backup) {
    return "the backup in " + backup + " is not complete: ";
  }

  /** Makes lines of what a task says; of its progress not more than ten a second. */
  public static final class Lines<F> implements Watcher<F> {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Consumer<AdminLine> lines;
    private String what = "";
    private long saidAt;

    /** Gives them to {@code lines}. */
    public Lines(Consumer<AdminLine> lines) {
      this.lines = lines;
    }

    @Override
    public void progress(Progress progress) {
      long now = System.nanoTime();
      if (!progress.what().equals(what) || now - saidAt > PAUSE_NANOS) {
        what = progress.what();
        saidAt = now;
        lines.accept(new AdminLine(AdminLine.Kind.PROGRESS, JSON.valueToTree(progress)));
      }
    }

    @Override
    public void found(F finding) {
      lines.accept(new AdminLine(AdminLine.Kind.FINDING, JSON.valueToTree(finding)));
    }
  }
}
