package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Linked;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes files and folders. */
@Command(
    name = "rm",
    description = "Remove files, or folders with -r, for ever.",
    footer = {"", "Asks on a terminal; a script says --yes."})
public final class RmCommand extends RemoteCommand {
  /** How many of those that stay are named, but with {@code --json}. */
  private static final int NAMED = 20;

  @Option(
      names = {"-r", "--recursive"},
      description = "Folders with all that is in them.")
  boolean recursive;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  boolean yes;

  @Parameters(arity = "1..*", paramLabel = "REMOTE", description = "Paths or links.")
  List<String> remote;

  /** A command that runs there. */
  public RmCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    var doomed = new LinkedHashMap<Tree, Doomed>();
    for (String name : remote) {
      add(session, Address.parse(name), doomed);
    }
    long files = doomed.values().stream().mapToLong(Doomed::files).sum();
    long folders = doomed.values().stream().mapToLong(Doomed::folders).sum();
    long bytes = doomed.values().stream().mapToLong(Doomed::sizeBytes).sum();
    session
        .talk()
        .confirm(
            "Remove %s (%s)%s for ever?"
                .formatted(
                    Amount.count(files, "file"),
                    Amount.bytes(bytes),
                    folders == 0 ? "" : " and " + Amount.count(folders, "folder")),
            yes);
    var gone = new Gone();
    for (Doomed some : doomed.values()) {
      gone.add(some.remove());
    }
    gone.tell(session.talk(), files + folders, bytes);
    return Exit.OK;
  }

  /** What became of all accounts' files; the first failure counts, the others go on. */
  private static final class Gone {
    private long files;
    private long folders;
    private final List<RemotePath> left = new ArrayList<>();
    private @Nullable IOException failure;

    void add(Doomed.Removed removed) {
      files += removed.files();
      folders += removed.folders();
      left.addAll(removed.left());
      failure = failure == null ? removed.failure() : failure;
    }

    void tell(Talk talk, long all, long bytes) throws IOException {
      var data = new LinkedHashMap<String, Object>();
      data.put("files", files);
      data.put("folders", folders);
      if (failure == null) {
        data.put("sizeBytes", bytes);
      } else {
        data.put("left", left.stream().map(RemotePath::toString).toList());
      }
      if (talk.isJson()) {
        talk.data(data);
      }
      if (failure == null) {
        return;
      }
      if (all > 1) {
        left.stream()
            .limit(NAMED)
            .forEach(path -> talk.warn("not removed, as far as is known: " + path));
        if (left.size() > NAMED) {
          talk.warn("and " + Amount.count(left.size() - NAMED, "other"));
        }
      }
      if (files + folders > 0) {
        talk.warn("%d of %d were removed before this failed".formatted(files + folders, all));
      }
      throw failure;
    }
  }

  private void add(Session session, Address address, Map<Tree, Doomed> doomed) throws IOException {
    switch (address) {
      case Address.PublicFolder _ ->
          throw new Problem(Exit.USAGE, "not removed by its public address: " + address);
      case Address.ByLink link ->
          doomed
              .computeIfAbsent(session.treeFor(link.web()), Doomed::new)
              .addLinked(Linked.entryOfAccount(session, link));
      case Address.InAccount place -> {
        Tree tree = session.tree(place);
        Entry entry = tree.get(place.path());
        if (entry instanceof Entry.OfFolder && !recursive) {
          throw new Problem(Exit.USAGE, "a folder is removed with -r: " + place);
        }
        if (place.path().isRoot()) {
          throw new Problem(Exit.USAGE, "the root cannot be removed");
        }
        doomed.computeIfAbsent(tree, Doomed::new).add(entry);
      }
    }
  }
}
