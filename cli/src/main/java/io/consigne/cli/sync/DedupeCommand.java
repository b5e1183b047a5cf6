package io.consigne.cli.sync;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.DryRunOption;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import io.consigne.client.dedupe.Dedupe;
import io.consigne.client.dedupe.Group;
import io.consigne.client.dedupe.Keep;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds and removes copies. */
@Command(
    name = "dedupe",
    description = "Find files that are there twice, and remove all but one of them.",
    footer = {
      "",
      "Copies are files of one content. Files that the host has no checksum of, and that share",
      "size and name, are shown, and removed only with --by-name. Right before copies are removed,",
      "the host is asked whether the one that stays is there; if not, none is. What another run or",
      "somebody else removes at that very moment is not seen."
    })
public final class DedupeCommand extends RemoteCommand {
  @Option(
      names = "--keep",
      paramLabel = "WHICH",
      defaultValue = "oldest",
      description = "oldest, newest, first_path, or ask for each group. Default: oldest")
  Which which = Which.OLDEST;

  /** Which copy stays. */
  enum Which {
    OLDEST(Keep.OLDEST),
    NEWEST(Keep.NEWEST),
    FIRST_PATH(Keep.FIRST_PATH),
    ASK(Keep.OLDEST);

    private final Keep keep;

    Which(Keep keep) {
      this.keep = keep;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--by-name", description = "Remove what is alike in size and name alone, too.")
  boolean byName;

  @Mixin DryRunOption dryRun = new DryRunOption();

  @Option(
      names = {"-y", "--yes"},
      description = "Remove without asking.")
  boolean yes;

  @Mixin ListingAge listingAge = new ListingAge();

  @Parameters(
      arity = "0..1",
      paramLabel = "REMOTE",
      defaultValue = "/",
      description = "The folder to look into, with everything below it. Default: /")
  String remote = "/";

  /** A command that runs there. */
  public DedupeCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    if (!(Address.parse(remote) instanceof Address.InAccount place)) {
      throw new Problem(Exit.USAGE, "no folder of an account: " + remote);
    }
    Talk talk = session.talk();
    if (which == Which.ASK && (talk.isJson() || dryRun.isOn() || !session.around().person())) {
      throw new Problem(
          Exit.USAGE, "--keep ask asks a person on a terminal; say oldest, newest or first_path");
    }
    talk.ifPartial("the same command goes on where it stopped");
    Tree account = session.tree(place);
    var dedupe = new Dedupe(account.client(), account.listings());
    String path = place.path().text();
    List<Group> groups = dedupe.groups(path, which.keep, listingAge.of(account));
    for (String folder : account.listings().foreign(path, listingAge.of(account))) {
      talk.note("skipped, since another account shares it: /" + folder);
    }
    List<Group> removed = groups.stream().filter(this::isRemoved).toList();
    if (which == Which.ASK) {
      return ask(talk, dedupe, removed, () -> session.storeAlone(place, List.of(place.path())));
    }
    if (!talk.isJson()) {
      tell(talk, groups);
    }
    var ends = new Ends();
    Exit exit = Exit.OK;
    if (!dryRun.isOn() && !removed.isEmpty()) {
      confirm(talk, removed);
      session.storeAlone(place, List.of(place.path()));
      exit = removeAll(talk, dedupe, removed, ends);
    }
    if (talk.isJson()) {
      talk.data(json(groups, ends));
    }
    if (dryRun.isOn()) {
      talk.nothingDone();
    }
    return exit;
  }

  /** What became of groups. */
  private static final class Ends {
    private final Set<Group> removed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Group> left = Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private void confirm(Talk talk, List<Group> groups) {
    talk.confirm(
        "%s will be removed, which frees %s. Go on?"
            .formatted(Amount.count(files(groups), "copy", "copies"), Amount.bytes(freed(groups))),
        yes);
  }

  /** A failure midway leaves the report of what was done before. */
  private static Exit removeAll(Talk talk, Dedupe dedupe, List<Group> groups, Ends ends)
      throws IOException {
    try {
      dedupe.remove(
          groups,
          (group, done) -> {
            (done ? ends.removed : ends.left).add(group);
            if (!done) {
              talk.warn(leftAlone(group));
            }
          });
    } catch (IOException e) {
      int open = groups.size() - ends.removed.size() - ends.left.size();
      if (ends.removed.isEmpty() && ends.left.isEmpty()) {
        throw e;
      }
      talk.warn(
          "%s; of %s not all copies are removed"
              .formatted(Sentences.of(e), Amount.count(open, "group")));
      return Exit.PARTIAL;
    }
    return ends.left.isEmpty() ? Exit.OK : Exit.PARTIAL;
  }

  private static String leftAlone(Group group) {
    return "left alone, since what was to stay has gone: " + group.kept().name();
  }

  private boolean isRemoved(Group group) {
    return group.byContent() || byName;
  }

  /** Keeps other processes from what is removed, which none waits for while a person thinks. */
  @FunctionalInterface
  private interface Alone {
    void begin() throws IOException;
  }

  /** Asks about each group, and then removes. */
  private static Exit ask(Talk talk, Dedupe dedupe, List<Group> groups, Alone alone)
      throws IOException {
    var answered = new ArrayList<Group>();
    for (Group group : groups) {
      List<RemoteFile> files = group.files();
      talk.line(heading(group));
      for (int i = 0; i < files.size(); i++) {
        talk.line("  %d  %s".formatted(i + 1, Keep.path(files.get(i))));
      }
      talk.flush();
      OptionalInt chosen = talk.choose("Keep which? Enter keeps all.", files.size());
      if (chosen.isPresent()) {
        answered.add(group.keeping(files.get(chosen.getAsInt() - 1)));
      }
    }
    if (!answered.isEmpty()) {
      alone.begin();
    }
    Exit exit = Exit.OK;
    for (Group group : answered) {
      Exit ended = remove(talk, dedupe, group);
      exit = ended == Exit.OK ? exit : ended;
    }
    return exit;
  }

  private static String heading(Group group) {
    return "%s each, the same %s:"
        .formatted(
            Amount.bytes(group.sizeBytes()), group.byContent() ? "content" : "size and name");
  }

  private static Exit remove(Talk talk, Dedupe dedupe, Group group) throws IOException {
    if (dedupe.remove(group)) {
      return Exit.OK;
    }
    talk.warn(leftAlone(group));
    return Exit.PARTIAL;
  }

  private static long files(List<Group> groups) {
    return groups.stream().mapToLong(group -> group.removed().size()).sum();
  }

  private static long freed(List<Group> groups) {
    return groups.stream().mapToLong(Group::freedBytes).sum();
  }

  private Map<String, Object> json(List<Group> groups, Ends ends) {
    var json = new LinkedHashMap<String, Object>();
    json.put("dryRun", dryRun.isOn());
    json.put("freed", freed(groups.stream().filter(group -> isGone(group, ends)).toList()));
    json.put("groups", groups.stream().map(group -> json(group, ends)).toList());
    return json;
  }

  private Map<String, Object> json(Group group, Ends ends) {
    Map<String, Object> json = group.json();
    String state =
        isGone(group, ends)
            ? "removed"
            : ends.left.contains(group) ? "left" : isRemoved(group) ? "failed" : "maybe";
    json.put("state", state);
    return json;
  }

  /** Whether its copies are removed, or would be. */
  private boolean isGone(Group group, Ends ends) {
    return dryRun.isOn() ? isRemoved(group) : ends.removed.contains(group);
  }

  private void tell(Talk talk, List<Group> groups) {
    for (Group group : groups) {
      talk.line(heading(group));
      String verb = isRemoved(group) ? "remove" : "maybe ";
      talk.line("  keep    " + Keep.path(group.kept()));
      group.removed().forEach(file -> talk.line("  %s  %s".formatted(verb, Keep.path(file))));
    }
    talk.note(
        "%s, %s in copies"
            .formatted(Amount.count(groups.size(), "group"), Amount.bytes(freed(groups))));
    if (!groups.stream().allMatch(this::isRemoved)) {
      talk.note("\"maybe\" stays without --by-name: the host has no checksum of it");
    }
  }
}
