package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes files and folders. */
@Command(
    name = "rm",
    description = "Remove files, or folders with -r, for ever.",
    footer = {"", "Asks on a terminal; a script says --yes."})
public final class RmCommand extends RemoteCommand {
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
    remove(session, doomed.values(), files + folders);
    if (session.talk().isJson()) {
      session.talk().data(Map.of("files", files, "folders", folders, "sizeBytes", bytes));
    }
    return Exit.OK;
  }

  private static void remove(Session session, Collection<Doomed> doomed, long all)
      throws IOException {
    long gone = 0;
    for (Doomed some : doomed) {
      Doomed.Removed removed = some.remove();
      gone += removed.gone();
      if (removed.failure() != null) {
        if (gone > 0) {
          session.talk().warn("%d of %d were removed before this failed".formatted(gone, all));
        }
        throw removed.failure();
      }
    }
  }

  private void add(Session session, Address address, Map<Tree, Doomed> doomed) throws IOException {
    switch (address) {
      case Address.PublicFolder _ ->
          throw new Problem(Exit.USAGE, "not removed by its public address: " + address);
      case Address.ByLink link ->
          doomed
              .computeIfAbsent(session.treeFor(link.web()), Doomed::new)
              .add(Linked.entry(session, link));
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
