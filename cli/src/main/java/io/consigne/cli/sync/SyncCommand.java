package io.consigne.cli.sync;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.DryRunOption;
import io.consigne.cli.remote.LongUploads;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.TransferOptions;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.remote.Untried;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.RefusedException;
import io.consigne.client.sync.Comparison;
import io.consigne.client.sync.LocalFile;
import io.consigne.client.sync.Outcome;
import io.consigne.client.sync.Plan;
import io.consigne.client.sync.Run;
import io.consigne.client.sync.Step;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a folder as another is. */
@Command(
    name = "sync",
    description = "Make a folder as another is: one way, local to remote or remote to local.",
    footer = {
      "",
      "Files are the same by checksum, or by size and time as remembered from the last run.",
      "Several remote files of one path become one. Each line tells one thing that is done."
    })
public final class SyncCommand extends ComparingCommand {
  /** How many files are named before somebody is asked. */
  private static final int NAMED = 8;

  private static final String GOES_ON =
      "what is whole is there, and the same command goes on with the rest";

  @Option(names = "--delete", description = "Remove what is in the second folder alone.")
  boolean deletes;

  @Option(names = "--checksum", description = "Read all files, whatever their times say.")
  boolean checksum;

  @Mixin DryRunOption dryRun = new DryRunOption();

  @Option(
      names = {"-y", "--yes"},
      description = "With --delete: remove without asking.")
  boolean yes;

  @Mixin TransferOptions moves = new TransferOptions();

  /** A command that runs there. */
  public SyncCommand(Surroundings around) {
    super(around);
  }

  @Override
  boolean readsAll() {
    return checksum;
  }

  @Override
  boolean makesLocal(Sides named) {
    return !named.isUp();
  }

  @Override
  void prepare(Session session) {
    session.moving(moves);
  }

  @Override
  void settle(Session session, Tree account, Address.InAccount place, boolean isUp)
      throws IOException {
    if (isUp && !dryRun.isOn()) {
      session.storeAlone(place, List.of(place.path()));
      account.settle(place.path(), session.talk());
    }
  }

  @Override
  Exit run(Session session, Sides named, Address.PublicFolder published) {
    throw new Problem(
        Exit.USAGE,
        "sync knows folders of accounts alone, and no public one: " + published,
        "\"consigne get -r --if-exists skip\" fetches what is missing, \"consigne diff\" compares");
  }

  @Override
  long untried(Sides named, Comparison.Sides sides) throws IOException {
    return named.isUp() ? Untried.files(sides.local(), sides.filter()::takes) : 0;
  }

  @Override
  Exit run(Session session, Tree account, Compared compared) throws IOException {
    Talk talk = session.talk();
    boolean isUp = compared.named().isUp();
    Plan plan = isUp ? Plan.up(compared.result(), deletes) : Plan.down(compared.result(), deletes);
    if (isUp && deletes) {
      compared.result().halves().forEach((path, half) -> talk.warn(path + ": " + stays(half)));
    }
    LongUploads.note(
        talk, account.client(), plan.steps().stream().flatMap(SyncCommand::sent), "put --split");
    if (dryRun.isOn()) {
      return tell(talk, plan, new Outcome(plan.steps(), List.of()), compared);
    }
    List<Step> removals = plan.removals();
    if (!removals.isEmpty()) {
      confirm(talk, removals);
    }
    makeLocal(compared.named());
    talk.bar().ifStopped(GOES_ON);
    talk.ifPartial(GOES_ON);
    talk.bar().expect(plan.steps().stream().filter(SyncCommand::isTransfer).count(), plan.bytes());
    var watch = new Run.Watch(talk.bar(), step -> {});
    int downloads = moves.downloads();
    var run = new Run(account.client(), account.listings(), compared.sides(), watch, downloads);
    try {
      return tell(talk, plan, run.of(plan), compared);
    } catch (IOException | RuntimeException e) {
      tellBroken(talk, plan, run.soFar(), compared);
      throw e;
    }
  }

  private static Stream<LongUploads.Sent> sent(Step step) {
    if (!(step instanceof Step.Send send)) {
      return Stream.empty();
    }
    LocalFile file = send.file();
    var source = UploadSource.of(file.file(), file.name(), file.sizeBytes(), file.modified());
    return Stream.of(new LongUploads.Sent(send.path(), source));
  }

  private static String stays(String half) {
    return "stays at the host, since here is only a half of it, which a download left: " + half;
  }

  /** A failure has ended the run: what was done before is not undone, and is told. */
  private void tellBroken(Talk talk, Plan plan, Outcome outcome, Compared compared) {
    outcome.failed().forEach(failed -> talk.warn(failed.step().path() + ": " + failed.reason()));
    int left = plan.steps().size() - outcome.done().size() - outcome.failed().size();
    if (left == plan.steps().size()) {
      return;
    }
    if (talk.isJson()) {
      Map<String, Object> json = json(plan, outcome, unread(compared));
      json.put("notTried", left);
      talk.data(json);
    } else {
      tellDone(talk, plan, outcome);
    }
    talk.warn(
        "%d done, %d failed, %d not tried"
            .formatted(outcome.done().size(), outcome.failed().size(), left));
  }

  /** Also where nothing is to be fetched into it. */
  private static void makeLocal(Sides named) throws IOException {
    if (!named.isUp() && Files.notExists(named.local())) {
      Files.createDirectories(named.local());
    }
  }

  private static boolean isTransfer(Step step) {
    return step instanceof Step.Send || step instanceof Step.Fetch;
  }

  /** Nobody should say yes to a number alone. */
  private void confirm(Talk talk, List<Step> removals) {
    if (!yes) {
      removals.stream().limit(NAMED).forEach(step -> talk.warn("to be removed: " + step.path()));
      if (removals.size() > NAMED) {
        int more = removals.size() - NAMED;
        talk.warn("and %s, which --dry-run names".formatted(Amount.count(more, "other")));
      }
    }
    talk.confirm(Amount.count(removals.size(), "file") + " will be removed. Go on?", yes);
  }

  private Exit tell(Talk talk, Plan plan, Outcome outcome, Compared compared) {
    outcome.failed().forEach(failed -> talk.warn(failed.step().path() + ": " + failed.reason()));
    Outcome.Ended ended = outcome.ended();
    if (ended != null && ended.notTried() > 0) {
      talk.warn(Sentences.notTried(ended.notTried(), "step", ended.why()));
    }
    List<Map<String, Object>> unread = unread(compared);
    int failed = outcome.failed().size() + unread.size();
    if (talk.isJson()) {
      talk.data(json(plan, outcome, unread));
    } else {
      tell(talk, plan, outcome, failed);
    }
    if (dryRun.isOn()) {
      talk.nothingDone();
    }
    if (ended != null) {
      return Exit.of(new RefusedException(ended.why()));
    }
    return failed == 0 ? Exit.OK : Exit.PARTIAL;
  }

  /** What could not be read, and what could not be removed for that. */
  private List<Map<String, Object>> unread(Compared compared) {
    var unread = new ArrayList<>(compared.unread());
    if (compared.named().isUp() && deletes) {
      compared
          .result()
          .halves()
          .forEach((path, half) ->
              unread.add(Map.of("do", "remove", "path", path, "reason", stays(half))));
    }
    return unread;
  }

  private static void tellDone(Talk talk, Plan plan, Outcome outcome) {
    var done = new HashSet<>(outcome.done());
    for (Step step : plan.steps()) {
      if (done.contains(step)) {
        talk.line(word(step) + " " + (step.path().isEmpty() ? "." : step.path()));
      }
    }
  }

  private void tell(Talk talk, Plan plan, Outcome outcome, int failed) {
    tellDone(talk, plan, outcome);
    talk.note(
        dryRun.isOn()
            ? "%d to do, %d the same".formatted(plan.steps().size(), plan.same())
            : "%d done, %d the same, %d failed"
                .formatted(outcome.done().size(), plan.same(), failed));
  }

  private Map<String, Object> json(Plan plan, Outcome outcome, List<Map<String, Object>> unread) {
    var json = new LinkedHashMap<String, Object>();
    json.put("dryRun", dryRun.isOn());
    json.put("same", plan.same());
    json.put("bytes", plan.bytes());
    json.put("steps", outcome.done().stream().map(SyncCommand::json).toList());
    var notDone = new ArrayList<Map<String, Object>>(unread);
    for (Outcome.Failed failed : outcome.failed()) {
      Map<String, Object> step = json(failed.step());
      step.put("reason", failed.reason());
      notDone.add(step);
    }
    json.put("failed", notDone);
    Outcome.Ended ended = outcome.ended();
    if (ended != null) {
      json.put("notTried", ended.notTried());
    }
    return json;
  }

  private static Map<String, Object> json(Step step) {
    var json = new LinkedHashMap<String, Object>();
    json.put("do", word(step));
    json.put("path", step.path());
    switch (step) {
      case Step.Send send -> json.put("sizeBytes", send.file().sizeBytes());
      case Step.Fetch fetch -> json.put("sizeBytes", fetch.file().sizeBytes());
      default -> {}
    }
    return json;
  }

  private static String word(Step step) {
    return switch (step) {
      case Step.MakeFolder _ -> "mkdir";
      case Step.Send send -> send.replaced().isEmpty() ? "send" : "replace";
      case Step.Fetch fetch -> fetch.replaces() ? "replace" : "fetch";
      case Step.RemoveRemote remove -> remove.isCopy() ? "remove-copy" : "remove";
      case Step.RemoveLocal _ -> "remove";
    };
  }
}
