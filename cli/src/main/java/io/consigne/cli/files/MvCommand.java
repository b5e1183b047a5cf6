package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.DryRunOption;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Linked;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.cache.CachedFolders;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Moves and renames. */
@Command(
    name = "mv",
    description = "Move or rename files and folders of one account; links stay.",
    footer = {"", "If TARGET is a folder or ends with a slash, they go into it."})
public final class MvCommand extends RemoteCommand {
  @Mixin DryRunOption dryRun;

  @Parameters(
      arity = "2..*",
      paramLabel = "REMOTE… TARGET",
      hideParamSyntax = true,
      description = "What; and where to.")
  List<String> places;

  /** A command that runs there. */
  public MvCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    List<Address> sources =
        places.subList(0, places.size() - 1).stream().map(Address::parse).toList();
    var target = RemoteTarget.of(session, places);
    var outcome = new Outcome(session.talk(), dryRun.isOn());
    var named = new ArrayList<Source>();
    for (Address source : sources) {
      attempt(source, outcome, () -> named.add(source(session, target, source)));
    }
    named.forEach(source -> target.claim(source.path(), source.address().toString()));
    var moves = new ArrayList<Move>();
    for (Source source : named) {
      attempt(source.address(), outcome, () -> moves.add(move(target, source)));
    }
    if (dryRun.isOn()) {
      for (Move move : moves) {
        target.tree().missing(move.to().parent()).forEach(each -> outcome.wouldMake("" + each));
        outcome.wouldDo("move", move.from().toString(), move.to().toString(), "moved");
      }
    } else {
      try {
        carryOut(target.tree(), moves, outcome);
      } catch (IOException e) {
        outcome.broken(sources.size());
        throw e;
      }
    }
    return outcome.tell();
  }

  /** A step for one of the sources. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /**
   * Where there are several sources, one that fails does not stop the others, unless they would
   * fail, too.
   */
  private void attempt(Address source, Outcome outcome, Step step) throws IOException {
    try {
      step.run();
    } catch (IOException | Problem e) {
      if (isAlone()) {
        throw e;
      }
      outcome.failed(source.toString(), Sentences.of(e), Exit.of(e));
      if (isForAll(e)) {
        throw e;
      }
    }
  }

  /** What is alone, or the last, is told by its failure itself. */
  private boolean isAlone() {
    return places.size() == 2 || Thread.currentThread().isInterrupted();
  }

  private static boolean isForAll(Exception e) {
    return e instanceof IOException failure && SplitPlan.isForAll(failure);
  }

  /** What is to be moved: at a path of the account, where the file is that a link names. */
  private record Source(Address address, RemotePath path, @Nullable RemoteFile file) {}

  /** What gets where. */
  private record Move(Address address, Entry entry, RemotePath to) {
    RemotePath from() {
      return entry.path();
    }

    /** Whether it is a file that goes into another folder, as others may in the same call. */
    boolean isOfMany() {
      return entry instanceof Entry.OfFile && isElsewhere() && !isRenamed();
    }

    boolean isElsewhere() {
      return !to.parent().equals(from().parent());
    }

    boolean isRenamed() {
      return !to.name().equals(from().name());
    }
  }

  private static Move move(RemoteTarget target, Source source) throws IOException {
    Entry entry =
        source.file() == null
            ? target.get(source.path())
            : new Entry.OfFile(source.path(), source.file());
    RemotePath to = target.path(entry.path());
    if (to.isWithin(entry.path())) {
      throw new Problem(Exit.CONFLICT, "cannot move %s to %s".formatted(entry.path(), to));
    }
    if (entry instanceof Entry.OfFile file) {
      RemoteTarget.link(file);
    }
    target.leave(entry.path());
    return new Move(source.address(), entry, to);
  }

  /** Files that go into one folder go together: a call for each would be a wait for each. */
  private void carryOut(Tree tree, List<Move> moves, Outcome outcome) throws IOException {
    var together = new LinkedHashMap<RemotePath, List<Move>>();
    for (Move move : moves) {
      RemotePath shared = move.isOfMany() ? move.to().parent() : move.to();
      together.computeIfAbsent(shared, _ -> new ArrayList<>()).add(move);
    }
    for (List<Move> some : together.values()) {
      try {
        moveTogether(tree, some);
        some.forEach(move -> outcome.done("" + move.from(), "" + move.to(), "moved"));
      } catch (IOException | Problem e) {
        if (isAlone()) {
          throw e;
        }
        Set<Move> moved = Doubt.isLeftBy(e) ? moved(tree, some) : Set.of();
        for (Move move : some) {
          if (moved.contains(move)) {
            outcome.done("" + move.from(), "" + move.to(), "moved");
          } else {
            outcome.failed(move.address().toString(), Sentences.of(e), Exit.of(e));
          }
        }
        if (isForAll(e)) {
          throw e;
        }
      }
    }
  }

  /** Those of a call that failed that the host lists where they were to go. */
  private static Set<Move> moved(Tree tree, List<Move> some) {
    var moved = new HashSet<Move>();
    if (some.size() > 1) {
      try {
        for (Move move : some) {
          FileLink link = RemoteTarget.link((Entry.OfFile) move.entry());
          if (tree.files(move.to()).stream().anyMatch(there -> link.equals(there.link()))) {
            moved.add(move);
          }
        }
      } catch (IOException e) {
        // Then the failure is told of all.
      }
    }
    return moved;
  }

  private static Source source(Session session, RemoteTarget target, Address address)
      throws IOException {
    return switch (address) {
      case Address.InAccount place -> {
        RemotePath path = target.sameAccount(place).path();
        yield new Source(address, RemoteTarget.named(path), null);
      }
      case Address.ByLink link -> {
        RemoteFile file = Linked.ofAccount(session, link).file();
        if (file.place() == null || session.treeFor(link.web()) != target.tree()) {
          throw new Problem(Exit.USAGE, "somebody else's; \"consigne cp\" copies it: " + link);
        }
        String folder = file.place().path() == null ? "" : file.place().path();
        yield new Source(address, RemotePath.of(folder).child(file.name()), file);
      }
      case Address.PublicFolder folder ->
          throw new Problem(Exit.USAGE, "not moved by its public address: " + folder);
    };
  }

  private static void moveTogether(Tree tree, List<Move> moves) throws IOException {
    Move first = moves.getFirst();
    try {
      FolderId target = tree.make(first.to().parent());
      switch (first.entry()) {
        case Entry.OfFolder folder -> moveFolder(tree, first, folder, target);
        case Entry.OfFile _ -> moveFiles(tree, moves, target);
      }
    } finally {
      tree.forgetAll();
    }
  }

  private static void moveFolder(Tree tree, Move move, Entry.OfFolder moved, FolderId target)
      throws IOException {
    CachedFolders folders = tree.listings().folders();
    var folder = new CachedFolder(moved.path().text(), moved.folder());
    boolean renamedFirst = move.isRenamed() && move.isElsewhere() && isOldNameTaken(tree, move);
    if (renamedFirst) {
      folder = folders.rename(folder, move.to().name());
    }
    try {
      if (move.isElsewhere()) {
        folder = folders.move(folder, CachedFolder.of(target, move.to().parent().text()));
      }
      if (move.isRenamed() && !renamedFirst) {
        folders.rename(folder, move.to().name());
      }
    } catch (IOException e) {
      throw halfDone(RemotePath.of(folder.path()), move, e);
    }
  }

  /** The second of two steps has failed: whoever looks for it would not find it. */
  private static IOException halfDone(RemotePath now, Move move, IOException failure) {
    if (now.equals(move.from())) {
      return failure;
    }
    throw new Problem(
        Exit.of(failure),
        "%s; the first step is done: %s is %s now"
            .formatted(Sentences.of(failure), move.from(), now));
  }

  /** A folder's name is its own among its siblings, also on the way to another name. */
  private static boolean isOldNameTaken(Tree tree, Move move) throws IOException {
    return tree.folder(move.to().parent().child(move.from().name())).isPresent();
  }

  private static void moveFiles(Tree tree, List<Move> moves, FolderId target) throws IOException {
    List<FileLink> links =
        moves.stream().map(move -> RemoteTarget.link((Entry.OfFile) move.entry())).toList();
    Move first = moves.getFirst();
    if (first.isElsewhere()) {
      tree.listings().files().move(links, target);
    }
    if (first.isRenamed()) {
      RemotePath now = first.to().parent().child(first.from().name());
      try {
        tree.listings().files().rename(Map.of(links.getFirst(), first.to().name()));
      } catch (IOException e) {
        throw halfDone(now, first, e);
      }
    }
  }
}
